using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>How many requests of the storage things cost. Each is paid for, and waited for.</summary>
public class CostTests
{
    private readonly Rig _rig = new();

    [Fact]
    public async Task An_owner_of_one_segment_starts_with_two_requests_and_replays_it()
    {
        await Rig.AppendAsync(_rig.Open(), StreamHead.Empty, Rig.Texts(2));
        await _rig.Open().WriteSnapshotAsync(Rig.Stream, SnapshotOf(1));

        var (requests, sequences, snapshot) = await StartAsync(_rig.Open());

        // The hint says that there is no second segment, so that nobody can put an old first one in its place.
        Assert.Equal(2, requests);
        Assert.Null(snapshot);
        Assert.Equal([1, 2], sequences);
    }

    [Fact]
    public async Task An_owner_that_is_new_starts_with_two_requests()
    {
        var (requests, sequences, _) = await StartAsync(_rig.Open());

        Assert.Equal(2, requests);
        Assert.Empty(sequences);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(40)]
    public async Task An_owner_of_many_segments_starts_with_four_requests_however_many_they_are(int records)
    {
        var journal = _rig.Open();
        await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(records));
        await journal.WriteSnapshotAsync(Rig.Stream, SnapshotOf(records));
        await Rig.AppendAsync(journal, new StreamHead(records, records), Rig.Text(records + 1));

        var (requests, sequences, snapshot) = await StartAsync(_rig.Open());

        Assert.Equal(records, snapshot);
        Assert.Equal([records + 1], sequences);
        // Hint and first segment, then snapshot and newest segment.
        Assert.Equal(4, requests);
    }

    [Fact]
    public async Task A_snapshot_that_lags_behind_is_continued_without_a_search()
    {
        var journal = _rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(4));
        await journal.WriteSnapshotAsync(Rig.Stream, SnapshotOf(4));
        await Rig.AppendAsync(journal, head, Rig.Texts(4, 5));

        var (requests, sequences, snapshot) = await StartAsync(_rig.Open());

        Assert.Equal(4, snapshot);
        Assert.Equal([5, 6, 7, 8], sequences);
        // One more than above: the second segment, which holds what came first after the snapshot.
        Assert.Equal(5, requests);
    }

    [Fact]
    public async Task A_warm_commit_costs_one_request_and_a_new_segment_one_more()
    {
        var journal = _rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        var before = _rig.Storage.Operations;

        // Four new segments of three records, each with the hint written.
        await Rig.AppendAsync(journal, head, Rig.Texts(12, 2));

        Assert.Equal(12 + 4, _rig.Storage.Operations - before);
    }

    [Fact]
    public async Task History_that_is_known_costs_nothing_while_a_write_is_on_its_way()
    {
        var journal = _rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(2));
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Storage.Latency = request => request.Action == StorageAction.Write ? written.Task : Task.CompletedTask;
        var appending = journal.AppendAsync(Rig.CommitOf(head, Rig.Text(3)));
        var before = _rig.Storage.Operations;

        var page = await journal.ReadBackwardAsync(Rig.Stream, 3, 10);

        Assert.Equal([2, 1], page.Select(static entry => entry.Version));
        Assert.Equal(before, _rig.Storage.Operations);
        written.SetResult();
        await appending;
    }

    [Fact]
    public async Task A_page_of_known_history_that_reaches_over_two_segments_costs_one_request()
    {
        var journal = _rig.Open();
        await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(5));
        var before = _rig.Storage.Operations;

        var page = await journal.ReadBackwardAsync(Rig.Stream, 6, 10);

        Assert.Equal(5, page.Count);
        Assert.Equal(1, _rig.Storage.Operations - before);
    }

    [Fact]
    public async Task A_tail_in_doubt_is_never_written_under()
    {
        var journal = _rig.Open(Rig.Small with { WriteAttempts = 1 });
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        _rig.Storage.Faults = static request =>
            request.Action == StorageAction.Write ? StorageFault.LandLate : StorageFault.None;
        await Assert.ThrowsAsync<JournalUncertainException>(() =>
            journal.AppendAsync(Rig.CommitOf(head, Rig.Text(2))).AsTask()
        );
        var writes = 0;
        _rig.Storage.Faults = request =>
        {
            writes += request.Action == StorageAction.Write ? 1 : 0;
            return StorageFault.None;
        };
        _rig.Storage.LandLateRequests();

        await Assert.ThrowsAsync<JournalConflictException>(() =>
            journal.AppendAsync(Rig.CommitOf(head, Rig.Text(3))).AsTask()
        );
        Assert.Equal(0, writes);
        Assert.Equal(Rig.Texts(2), await _rig.ReadAllAsync());
    }

    private async Task<(int Requests, List<long> Sequences, long? Snapshot)> StartAsync(IJournal journal)
    {
        var before = _rig.Storage.Operations;
        var start = await journal.ReadStartAsync(Rig.Stream, 1);
        List<long> sequences = [];
        await foreach (var record in start.Records)
        {
            sequences.Add(record.Sequence);
        }
        return (_rig.Storage.Operations - before, sequences, start.Snapshot?.Sequence);
    }

    private static StreamSnapshot SnapshotOf(long sequence) => new(sequence, sequence, 1, "{}"u8.ToArray());
}
