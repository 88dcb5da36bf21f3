using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>After a failed sync nobody is told a lie, and nothing is written until the journal is opened again.</summary>
[Trait("Spec", "SE-3")]
public sealed class FenceTests
{
    private static readonly StreamId Wallet = new("wallet", "owner-0");
    private static readonly StreamId Activity = new("activity", "person-0");

    [Fact]
    public async Task A_failed_sync_fails_the_batch_and_everything_after_it()
    {
        var scenario = new Scenario(1);
        scenario.Open();
        var acknowledged = scenario.Append(Wallet, 0);
        scenario.Journal!.WriteOnce();
        await acknowledged;
        scenario.Disk.Faults = new() { SyncsFail = true };

        var failing = scenario.Append(Wallet, 1);
        scenario.Journal.WriteOnce();
        var late = scenario.Append(new("wallet", "somebody-else"), 1);

        await Assert.ThrowsAsync<JournalUncertainException>(() => failing);
        await Assert.ThrowsAsync<JournalUncertainException>(() => late);
        Assert.True(scenario.Journal.IsFenced);
        Assert.False(scenario.Journal.WriteOnce());
    }

    [Fact]
    public async Task A_failure_in_one_log_fences_all_logs_of_the_journal()
    {
        var scenario = new Scenario(1);
        scenario.Open();
        var causes = new List<Exception>();
        scenario.Journal!.Fenced += causes.Add;
        var before = scenario.Append(new("wallet", "owner-1"), 0);
        scenario.Journal.WriteOnce();
        await before;
        scenario.Disk.Faults = new() { SyncsFail = true };

        var wallet = scenario.Append(Wallet, 0);
        var activity = scenario.Append(Activity, 0);
        scenario.Journal.WriteOnce();

        await Assert.ThrowsAsync<JournalUncertainException>(() => wallet);
        await Assert.ThrowsAsync<JournalUncertainException>(() => activity);
        Assert.IsType<IOException>(Assert.Single(causes));
    }

    [Fact]
    public async Task A_disk_that_works_again_does_not_lift_the_fence_but_opening_again_does()
    {
        var scenario = new Scenario(1);
        scenario.Open();
        var before = scenario.Append(new("wallet", "owner-1"), 0);
        scenario.Journal!.WriteOnce();
        await before;
        scenario.Disk.Faults = new() { FailAt = scenario.Disk.Operations + 1 };
        var failing = scenario.Append(Wallet, 0);
        scenario.Journal.WriteOnce();
        await Assert.ThrowsAsync<JournalUncertainException>(() => failing);
        await Assert.ThrowsAsync<JournalUncertainException>(() => scenario.Append(Wallet, 1));
        await scenario.Journal.DisposeAsync();

        var reopened = scenario.Open();
        await scenario.AdoptAsync(reopened);
        var append = scenario.Append(Wallet, 2);
        reopened.WriteOnce();
        await append;

        Assert.False(reopened.IsFenced);
        await scenario.CheckAsync(reopened);
    }

    [Fact]
    public async Task What_was_durable_before_can_be_read_behind_the_fence()
    {
        var scenario = new Scenario(1);
        scenario.Open();
        var append = scenario.Append(Wallet, 0);
        scenario.Journal!.WriteOnce();
        await append;
        scenario.Disk.Faults = new() { SyncsFail = true };
        _ = scenario.Append(new("wallet", "other"), 0);
        scenario.Journal.WriteOnce();

        Assert.Equal(new StreamHead(1, 1), await scenario.Journal.ReadHeadAsync(Wallet));
    }

    [Fact]
    public async Task With_a_thread_the_waiters_of_a_failed_sync_are_told_too()
    {
        var disk = new SimulatedDisk(1);
        var options = new JournalOptions { Directory = "/data", SegmentBytes = 4096 };
        await using var journal = FileJournal.Open(options, disk, TimeProvider.System);
        await journal.AppendAsync(NewCommit(0));
        disk.Faults = new() { SyncsFail = true };

        await Assert.ThrowsAsync<JournalUncertainException>(() => journal.AppendAsync(NewCommit(1)).AsTask());
        await Assert.ThrowsAsync<JournalUncertainException>(() => journal.AppendAsync(NewCommit(2)).AsTask());
    }

    private static Commit NewCommit(long after) =>
        new()
        {
            Stream = Wallet,
            AfterSequence = after,
            AfterVersion = after,
            At = Scenario.Start,
            Events = ["1"u8.ToArray()],
        };
}
