using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Driven by hand, a journal does everything on the caller's thread, and the same seed does the same.</summary>
public sealed class DriveTests
{
    private static readonly StreamId Wallet = new("wallet", "owner-0");

    [Fact]
    public void The_same_seed_writes_the_same_bytes()
    {
        var left = new Scenario(11);
        var right = new Scenario(11);
        left.Run();
        right.Run();

        Assert.Equal(left.Disk.Operations, right.Disk.Operations);
        Assert.Equal(left.Disk.Files.Order(StringComparer.Ordinal), right.Disk.Files.Order(StringComparer.Ordinal));
        Assert.All(left.Disk.Files, file => Assert.Equal(left.Disk.Contents(file), right.Disk.Contents(file)));
    }

    [Fact]
    public void Another_seed_writes_other_salts()
    {
        var left = new Scenario(11);
        var right = new Scenario(12);
        left.Run();
        right.Run();

        Assert.NotEqual(
            left.Disk.Contents("/data/main/0000000001.log"),
            right.Disk.Contents("/data/main/0000000001.log")
        );
    }

    [Fact]
    public async Task Nothing_is_acknowledged_or_shown_before_it_is_written()
    {
        var scenario = new Scenario(1);
        var journal = scenario.Open();

        var append = scenario.Append(Wallet, 0);
        var read = journal.ReadHeadAsync(Wallet).AsTask();
        Assert.False(append.IsCompleted);
        Assert.False(read.IsCompleted);

        Assert.True(journal.WriteOnce());
        Assert.True(append.IsCompletedSuccessfully);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(new StreamHead(1, 1), await read);
        Assert.False(journal.WriteOnce());
    }

    [Fact]
    public void A_stream_may_be_appended_to_again_before_its_last_append_is_written()
    {
        var scenario = new Scenario(1);
        var journal = scenario.Open();
        var appends = Enumerable.Range(0, 5).Select(round => scenario.Append(Wallet, round)).ToList();
        var syncs = scenario.Disk.Syncs;

        journal.WriteOnce();

        Assert.All(appends, append => Assert.True(append.IsCompletedSuccessfully));
        // One for the new segment, one for the five appends.
        Assert.Equal(2, scenario.Disk.Syncs - syncs);
    }

    [Fact]
    public void Continuations_run_on_the_thread_that_writes()
    {
        var scenario = new Scenario(1);
        var journal = scenario.Open();
        var thread = 0;
        var done = AppendAsync();

        journal.WriteOnce();

        Assert.True(done.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);

        async Task AppendAsync()
        {
            await scenario.Append(Wallet, 0);
            thread = Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public void Somebody_is_told_once_per_batch_that_there_is_work()
    {
        var told = 0;
        var scenario = new Scenario(1);
        var options = scenario.Options with { OnWorkPending = () => told++ };
        var journal = FileJournal.Open(options, scenario.Disk, scenario.Time);
        for (var batch = 1; batch <= 3; batch++)
        {
            for (var i = 0; i < 4; i++)
            {
                _ = journal.AppendAsync(NewCommit($"{batch}-{i}")).AsTask();
            }
            Assert.Equal(batch, told);
            journal.WriteOnce();
        }
    }

    [Fact]
    public async Task A_journal_with_a_thread_cannot_be_driven_by_hand()
    {
        var options = new JournalOptions { Directory = "/data" };
        await using var journal = FileJournal.Open(options, new SimulatedDisk(1), TimeProvider.System);

        Assert.Throws<InvalidOperationException>(() => journal.WriteOnce());
    }

    [Fact]
    public async Task Appends_that_wait_are_written_when_the_journal_is_closed_and_later_ones_are_refused()
    {
        var scenario = new Scenario(1);
        var journal = scenario.Open();
        var append = scenario.Append(Wallet, 0);

        await journal.DisposeAsync();

        Assert.True(append.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync(NewCommit("late")).AsTask());
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_and_can_be_tried_again()
    {
        var scenario = new Scenario(1);
        var options = scenario.Options with { MaxPendingBytes = 4096 };
        var journal = FileJournal.Open(options, scenario.Disk, scenario.Time);
        var refused = 0;
        for (var i = 0; i < 100 && refused == 0; i++)
        {
            var append = journal.AppendAsync(NewCommit($"{i}")).AsTask();
            refused = append.IsFaulted ? i : 0;
        }
        Assert.InRange(refused, 1, 50);

        journal.WriteOnce();

        var again = journal.AppendAsync(NewCommit($"{refused}")).AsTask();
        journal.WriteOnce();
        await again;
        Assert.Equal(1, (await journal.ReadHeadAsync(new("wallet", $"{refused}"))).Sequence);
    }

    [Fact]
    public async Task A_commit_beyond_the_limit_is_refused_at_once()
    {
        var scenario = new Scenario(1);
        var journal = scenario.Open();
        var commit = NewCommit("large") with { Events = [new byte[17 << 20]] };

        await Assert.ThrowsAsync<ArgumentException>(() => journal.AppendAsync(commit).AsTask());
    }

    private static Commit NewCommit(string key) =>
        new()
        {
            Stream = new("wallet", key),
            AfterSequence = 0,
            AfterVersion = 0,
            At = Scenario.Start,
            Events = ["1"u8.ToArray()],
        };
}
