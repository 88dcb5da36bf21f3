namespace Actors.Journal.Tests;

/// <summary>The saved index makes a start quick and is never needed.</summary>
public sealed class SavedIndexTests
{
    [Fact]
    public async Task A_start_reads_only_what_was_logged_after_the_index_was_saved()
    {
        var scenario = new Scenario(seed: 3) { Logger = new ListLogger(), Pace = TimeSpan.FromMinutes(1) };
        scenario.Open();
        scenario.WriteRounds(0, 200);
        scenario.Disk.KillProcess();
        var before = scenario.Disk.BytesRead;

        var journal = scenario.Open();

        var read = scenario.Disk.BytesRead - before;
        var logged = scenario
            .Disk.Files.Where(f => f.EndsWith(".log", StringComparison.Ordinal))
            .Sum(scenario.Disk.LengthOf);
        Assert.InRange(read, 1, logged / 5);
        Assert.Empty(((ListLogger)scenario.Logger).Lines);
        await scenario.CheckAsync(journal);
    }
}
