using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Whatever the disk or the machine does at whichever operation, what was acknowledged is there afterwards.</summary>
[Trait("Spec", "SE-3")]
public sealed class FaultTests
{
    private static readonly long Operations = CountOperations();

    [Theory]
    [InlineData(UnsyncedFate.Chance)]
    [InlineData(UnsyncedFate.Lost)]
    public async Task After_a_crash_at_any_operation_every_acknowledged_append_is_there_once(UnsyncedFate fate)
    {
        for (var operation = 1L; operation <= Operations; operation++)
        {
            var scenario = new Scenario(seed: (int)operation);
            scenario.Disk.Faults = new() { CrashAt = operation };
            scenario.RunUntilFault();
            scenario.Disk.LosePower(fate);
            await RestartAsync(scenario, $"crash at operation {operation}");
        }
    }

    [Fact]
    public async Task After_a_crash_during_the_restart_after_a_crash_nothing_is_lost_either()
    {
        for (var operation = 3L; operation <= Operations; operation += 9)
        {
            for (var second = 1; second <= 40; second += 5)
            {
                var scenario = new Scenario(seed: (int)operation * 100 + second);
                scenario.Disk.Faults = new() { CrashAt = operation };
                scenario.RunUntilFault();
                scenario.Disk.LosePower();
                scenario.Disk.Faults = new() { CrashAt = scenario.Disk.Operations + second };
                TryOpen(scenario);
                scenario.Disk.LosePower();
                await RestartAsync(scenario, $"crash at operation {operation}, then after {second} more");
            }
        }
    }

    [Fact]
    public async Task After_the_process_is_killed_at_any_operation_nothing_is_lost()
    {
        for (var operation = 1L; operation <= Operations; operation++)
        {
            var scenario = new Scenario(seed: (int)operation);
            scenario.Disk.Faults = new() { CrashAt = operation };
            scenario.RunUntilFault();
            scenario.Disk.KillProcess();
            await RestartAsync(scenario, $"kill at operation {operation}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_any_operation_has_failed_and_power_was_lost_nothing_is_lost(bool forEver)
    {
        for (var operation = 1L; operation <= Operations; operation++)
        {
            var scenario = new Scenario(seed: (int)operation);
            scenario.Disk.Faults = new() { FailAt = operation, FailsForEver = forEver };
            scenario.RunUntilFault();
            scenario.Disk.LosePower();
            await RestartAsync(scenario, $"failure at operation {operation}");
        }
    }

    [Fact]
    public async Task What_is_believed_after_a_failed_sync_and_a_restart_survives_the_next_power_failure()
    {
        for (var operation = 1L; operation <= Operations; operation++)
        {
            var scenario = new Scenario(seed: (int)operation);
            scenario.Disk.Faults = new() { FailAt = operation };
            scenario.RunUntilFault();
            // The system goes on and shows pages that it will never write: the restart must not trust them.
            scenario.Disk.KillProcess();
            var journal = scenario.Open();
            await scenario.CheckAsync(journal);
            await scenario.AdoptAsync(journal);
            scenario.Disk.LosePower(UnsyncedFate.Lost);
            await RestartAsync(scenario, $"failure at operation {operation}");
        }
    }

    private static void TryOpen(Scenario scenario)
    {
        try
        {
            scenario.Open();
        }
        catch (IOException)
        {
            // The second crash came before the journal was open.
        }
    }

    private static async Task RestartAsync(Scenario scenario, string story)
    {
        try
        {
            var output = new StringWriter();
            Assert.True(
                await JournalVerifier.RunAsync(scenario.Options, scenario.Disk, output) != 1,
                output.ToString()
            );
            var journal = scenario.Open();
            await scenario.CheckAsync(journal);
            await scenario.AdoptAsync(journal);
            scenario.WriteRounds(100, 4);
            await scenario.CheckAsync(journal);
            await journal.DisposeAsync();
            journal = scenario.Open();
            await scenario.CheckAsync(journal);
            await journal.DisposeAsync();
            Assert.True(
                await JournalVerifier.RunAsync(scenario.Options, scenario.Disk, output) == 0,
                output.ToString()
            );
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(story, error);
        }
    }

    private static long CountOperations()
    {
        var scenario = new Scenario(seed: 0);
        scenario.Run();
        return scenario.Disk.Operations;
    }
}
