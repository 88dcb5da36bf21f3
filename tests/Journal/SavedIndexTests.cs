using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>The saved index makes a start quick and is never needed.</summary>
public sealed class SavedIndexTests
{
    private readonly Scenario _scenario = new(seed: 3) { Logger = new ListLogger(), Pace = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_start_reads_only_what_was_logged_after_the_index_was_saved()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 200);
        _scenario.Disk.KillProcess();
        var before = _scenario.Disk.BytesRead;

        var journal = _scenario.Open();

        Assert.InRange(_scenario.Disk.BytesRead - before, 1, LoggedBytes() / 5);
        Assert.Empty(Logged());
        await _scenario.CheckAsync(journal);
    }

    [Fact]
    public async Task A_start_after_a_clean_close_writes_nothing()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 20);
        await _scenario.Journal!.DisposeAsync();
        var before = _scenario.Disk.Files.ToDictionary(file => file, _scenario.Disk.Contents);
        var syncs = _scenario.Disk.Syncs;

        await _scenario.CheckAsync(_scenario.Open());

        Assert.Equal(syncs, _scenario.Disk.Syncs);
        Assert.All(before, file => Assert.Equal(file.Value, _scenario.Disk.Contents(file.Key)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task With_the_newest_index_or_all_of_them_damaged_the_start_reads_more_and_says_so(int damaged)
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 60);
        await _scenario.Journal!.DisposeAsync();
        foreach (var index in Indexes().OrderDescending(StringComparer.Ordinal).Take(damaged))
        {
            _scenario.Disk.Flip(index, _scenario.Disk.LengthOf(index) / 2, 1);
        }

        var journal = _scenario.Open();

        await _scenario.CheckAsync(journal);
        Assert.Equal(damaged, Logged().Count);
        _scenario.WriteRounds(60, 10);
        await _scenario.CheckAsync(journal);
    }

    [Fact]
    public async Task A_saved_index_survives_a_power_failure()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 60);
        await _scenario.Journal!.DisposeAsync();
        _scenario.Disk.LosePower(UnsyncedFate.Lost);
        var before = _scenario.Disk.BytesRead;

        var journal = _scenario.Open();

        Assert.InRange(_scenario.Disk.BytesRead - before, 1, LoggedBytes() / 3);
        Assert.Empty(Logged());
        await _scenario.CheckAsync(journal);
    }

    [Fact]
    public async Task Without_any_index_everything_is_read()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 60);
        await _scenario.Journal!.DisposeAsync();
        Indexes().ForEach(_scenario.Disk.DeleteFile);

        await _scenario.CheckAsync(_scenario.Open());
    }

    [Fact]
    public async Task At_most_two_indexes_and_no_temporary_file_stay_behind()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 100);
        Assert.InRange(Indexes().Count, 1, 2);
        _scenario.Disk.KillProcess();
        using (_scenario.Disk.CreateFile(Scenario.Root + "/0000099999.idx.tmp"))
        {
            // As a crash in the middle of saving leaves it.
        }

        await _scenario.CheckAsync(_scenario.Open());

        Assert.DoesNotContain(_scenario.Disk.Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_that_cannot_be_saved_stops_nothing_and_is_saved_later()
    {
        _scenario.Open();
        _scenario.WriteRounds(0, 10);
        var names = Indexes();
        _scenario.Disk.Faults = new() { RefusedEnding = ".idx.tmp" };
        _scenario.WriteRounds(10, 20);
        Assert.Equal(names, Indexes());
        Assert.NotEmpty(Logged());
        Assert.False(_scenario.Journal!.IsFenced);
        _scenario.Disk.Faults = DiskFaults.None;

        _scenario.WriteRounds(30, 20);

        Assert.NotEqual(names, Indexes());
        await _scenario.CheckAsync(_scenario.Journal);
    }

    private List<string> Indexes() =>
        [.. _scenario.Disk.Files.Where(file => file.EndsWith(".idx", StringComparison.Ordinal))];

    private long LoggedBytes() =>
        _scenario.Disk.Files.Where(f => f.EndsWith(".log", StringComparison.Ordinal)).Sum(_scenario.Disk.LengthOf);

    private List<(Microsoft.Extensions.Logging.LogLevel Level, string Text)> Logged() =>
        ((ListLogger)_scenario.Logger!).Lines;
}
