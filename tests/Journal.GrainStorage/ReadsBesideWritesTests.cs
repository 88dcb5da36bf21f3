using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

public class ReadsBesideWritesTests
{
    [Fact]
    public async Task A_read_that_was_overtaken_by_a_write_does_not_put_the_older_tail_back()
    {
        var rig = new Rig();
        var journal = rig.Open(new GrainStorageJournalOptions());
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Text(1));
        var (arrived, release) = HoldNextRead(rig, "segment-0000000001");
        var reading = journal.ReadHeadAsync(Rig.Stream).AsTask();
        await arrived;
        // The storage has answered the read with what was there before this commit.
        head = await Rig.AppendAsync(journal, head, Rig.Text(2));
        release();
        await reading;
        var before = rig.Storage.Operations;

        await Rig.AppendAsync(journal, head, Rig.Text(3));

        Assert.Equal(before + 1, rig.Storage.Operations);
        Assert.Equal(Rig.Texts(3), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_commit_that_first_has_to_look_for_the_tail_counts_the_events_that_it_was_given()
    {
        var rig = new Rig();
        var head = await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Text(1));
        var stranger = rig.Open();
        rig.Storage.Latency = static async _ => await Task.Yield();
        List<ReadOnlyMemory<byte>> events = [.. Rig.CommitOf(head, Rig.Text(2), Rig.Text(3)).Events];

        var appending = stranger.AppendAsync(Rig.CommitOf(head) with { Events = events });
        events.Clear();
        await appending;

        Assert.Equal(new StreamHead(2, 3), await rig.Open().ReadHeadAsync(Rig.Stream));
        Assert.Equal(Rig.Texts(3), await rig.ReadAllAsync());
    }

    /// <summary>The answer is taken when the read arrives and given when it is released.</summary>
    private static (Task Arrived, Action Release) HoldNextRead(Rig rig, string name)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Storage.LatencyOfAnswer = async request =>
        {
            if (request.Action == StorageAction.Read && request.Name == name && arrived.TrySetResult())
            {
                await released.Task;
            }
        };
        return (arrived.Task, released.SetResult);
    }
}
