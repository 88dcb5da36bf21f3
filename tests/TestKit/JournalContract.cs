using System.Text;
using Actors.Journal;

namespace Actors.TestKit;

/// <summary>
/// What every <see cref="IJournal"/> promises. Derive a test class per implementation; each test gets a storage of its own.
/// </summary>
public abstract class JournalContract
{
    protected static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StreamId Ana = new("wallet", "ana");
    private static readonly StreamId Ben = new("wallet", "ben");

    /// <summary>Opens the test's storage; again, after the journal before was disposed, to see what it kept.</summary>
    protected abstract ValueTask<IJournal> OpenAsync();

    [Fact]
    public async Task A_new_stream_is_empty()
    {
        await using var journal = await OpenAsync();

        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(Ana));
        Assert.Empty(await ForwardAsync(journal, Ana));
        Assert.Empty(await journal.ReadBackwardAsync(Ana, long.MaxValue, 10));
        Assert.Null(await journal.ReadSnapshotAsync(Ana));
    }

    [Fact]
    public async Task What_is_appended_comes_back_as_it_was_also_after_opening_again()
    {
        var journal = await OpenAsync();
        await journal.AppendAsync(Commit(Ana, 0, 0, "one", "zwei ✓"));
        await journal.AppendAsync(Commit(Ana, 1, 2, "three") with { Mark = Json("mark"), At = Noon.AddTicks(7) });
        await Check(journal);
        await journal.DisposeAsync();

        await using var reopened = await OpenAsync();
        await Check(reopened);

        static async Task Check(IJournal journal)
        {
            Assert.Equal(new StreamHead(2, 3), await journal.ReadHeadAsync(Ana));
            var records = await ForwardAsync(journal, Ana);
            Assert.Equal([1, 2], records.Select(record => record.Sequence));
            Assert.Equal([1, 3], records.Select(record => record.FirstVersion));
            Assert.Equal([2, 3], records.Select(record => record.LastVersion));
            Assert.Equal([Noon, Noon.AddTicks(7)], records.Select(record => record.At));
            Assert.Equal([Text("one"), Text("zwei ✓")], records[0].Events.Select(Text));
            Assert.True(records[0].Mark.IsEmpty);
            Assert.Equal(Text("mark"), Text(records[1].Mark));
        }
    }

    [Fact]
    public async Task Reading_forward_begins_after_the_record_that_is_named()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 10);

        Assert.Equal([8, 9, 10], (await ForwardAsync(journal, Ana, 7)).Select(record => record.Sequence));
        Assert.Empty(await ForwardAsync(journal, Ana, 10));
        Assert.Empty(await ForwardAsync(journal, Ana, 11));
    }

    [Fact]
    public async Task A_writer_that_knows_an_older_record_is_refused_and_nothing_is_written()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 3);

        await Assert.ThrowsAsync<JournalConflictException>(() => Append(journal, Commit(Ana, 2, 2, "stale")));
        await Assert.ThrowsAsync<JournalConflictException>(() => Append(journal, Commit(Ana, 0, 0, "stale")));

        Assert.Equal(new StreamHead(3, 3), await journal.ReadHeadAsync(Ana));
    }

    [Fact]
    public async Task A_writer_that_claims_a_record_which_does_not_exist_is_refused()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 1);

        await Assert.ThrowsAsync<JournalConflictException>(() => Append(journal, Commit(Ana, 2, 1, "ahead")));
        await Assert.ThrowsAsync<JournalConflictException>(() => Append(journal, Commit(Ben, 1, 0, "ahead")));

        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(Ben));
    }

    [Fact]
    public async Task A_refused_writer_can_go_on_from_the_true_head()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 1);
        await Assert.ThrowsAsync<JournalConflictException>(() => Append(journal, Commit(Ana, 0, 0, "stale")));

        await journal.AppendAsync(Commit(Ana, 1, 1, "good"));

        Assert.Equal(new StreamHead(2, 2), await journal.ReadHeadAsync(Ana));
    }

    [Fact]
    public async Task Of_two_writers_at_the_same_place_exactly_one_wins()
    {
        await using var journal = await OpenAsync();
        for (var round = 0; round < 50; round++)
        {
            var commits = new[] { Commit(Ana, round, round, "left"), Commit(Ana, round, round, "right") };
            var refused = 0;
            await Task.WhenAll(
                commits.Select(commit =>
                    Task.Run(async () =>
                    {
                        try
                        {
                            await journal.AppendAsync(commit);
                        }
                        catch (JournalConflictException)
                        {
                            Interlocked.Increment(ref refused);
                        }
                    })
                )
            );
            Assert.Equal(1, refused);
        }
        Assert.Equal(new StreamHead(50, 50), await journal.ReadHeadAsync(Ana));
    }

    [Fact]
    public async Task A_commit_of_only_a_mark_takes_a_record_and_no_version()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 2);
        await journal.AppendAsync(Commit(Ana, 2, 2) with { Mark = Json("receipt") });
        await journal.AppendAsync(Commit(Ana, 3, 2, "third"));

        Assert.Equal(new StreamHead(4, 3), await journal.ReadHeadAsync(Ana));
        var records = await ForwardAsync(journal, Ana, 2);
        Assert.Empty(records[0].Events);
        Assert.Equal(Text("receipt"), Text(records[0].Mark));
        Assert.Equal(3, records[1].FirstVersion);
        var events = await journal.ReadBackwardAsync(Ana, long.MaxValue, 10);
        Assert.Equal([3, 2, 1], events.Select(e => e.Version));
    }

    [Fact]
    public async Task Pages_read_backward_meet_without_gap_or_overlap()
    {
        await using var journal = await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            await journal.AppendAsync(
                Commit(Ana, i, i * 3, $"{i}a", $"{i}b", $"{i}c") with
                {
                    At = Noon.AddMinutes(i),
                }
            );
        }

        var seen = new List<RecordedEvent>();
        for (var before = long.MaxValue; ; before = seen[^1].Version)
        {
            var page = await journal.ReadBackwardAsync(Ana, before, 7);
            seen.AddRange(page);
            if (page.Count < 7)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(i => (long)i), seen.Select(e => e.Version));
        Assert.Equal(Text("19c"), Text(seen[0].Json));
        Assert.Equal(Text("0a"), Text(seen[^1].Json));
        Assert.Equal(Noon.AddMinutes(19), seen[0].At);
        Assert.Empty(await journal.ReadBackwardAsync(Ana, 1, 7));
        Assert.Empty(await journal.ReadBackwardAsync(Ana, 10, 0));
    }

    [Fact]
    public async Task Streams_do_not_mix()
    {
        await using var journal = await OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            await journal.AppendAsync(Commit(Ana, i, i, $"ana {i}"));
            await journal.AppendAsync(Commit(Ben, i, i, $"ben {i}"));
        }

        Assert.All(
            await ForwardAsync(journal, Ana),
            r => Assert.StartsWith("\"ana", Text(r.Events[0]), StringComparison.Ordinal)
        );
        Assert.All(
            await ForwardAsync(journal, Ben),
            r => Assert.StartsWith("\"ben", Text(r.Events[0]), StringComparison.Ordinal)
        );
        Assert.Equal(StreamHead.Empty, await journal.ReadHeadAsync(new("wallet", "an")));
    }

    [Fact]
    public async Task The_callers_buffers_are_free_when_the_call_returns()
    {
        await using var journal = await OpenAsync();
        var bytes = Encoding.UTF8.GetBytes("\"before\"");
        var append = journal.AppendAsync(Commit(Ana, 0, 0) with { Events = [bytes], Mark = bytes });
        bytes.AsSpan().Fill((byte)'X');
        await append;

        var record = Assert.Single(await ForwardAsync(journal, Ana));
        Assert.Equal(Text("before"), Text(record.Events[0]));
        Assert.Equal(Text("before"), Text(record.Mark));
    }

    [Fact]
    public async Task The_callers_list_of_events_is_free_when_the_call_returns()
    {
        var journal = await OpenAsync();
        List<ReadOnlyMemory<byte>> events = [];
        for (var round = 0; round < 8; round++)
        {
            events.AddRange([Json($"{round}a"), Json($"{round}b"), Json($"{round}c")]);
            var append = journal.AppendAsync(Commit(Ana, round, round * 3) with { Events = events });
            events.Clear();
            await append;
        }
        await Check(journal);
        await journal.DisposeAsync();

        await using var reopened = await OpenAsync();
        await Check(reopened);

        static async Task Check(IJournal journal)
        {
            Assert.Equal(new StreamHead(8, 24), await journal.ReadHeadAsync(Ana));
            var records = await ForwardAsync(journal, Ana);
            Assert.Equal(
                Enumerable.Range(0, 8).Select(round => 1L + (round * 3)),
                records.Select(record => record.FirstVersion)
            );
            Assert.Equal([Text("7a"), Text("7b"), Text("7c")], records[7].Events.Select(Text));
        }
    }

    [Fact]
    public async Task Reads_beside_writes_see_a_beginning_of_the_stream_and_spoil_no_write()
    {
        const int rounds = 60;
        await using var journal = await OpenAsync();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadUntilAsync(journal, done.Token))).ToArray();
        List<ReadOnlyMemory<byte>> events = [];
        for (var round = 0; round < rounds; round++)
        {
            events.AddRange([Json($"{round * 2}"), Json($"{(round * 2) + 1}")]);
            var append = journal.AppendAsync(Commit(Ana, round, round * 2) with { Events = events });
            events.Clear();
            await append;
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Equal(new StreamHead(rounds, rounds * 2), await journal.ReadHeadAsync(Ana));
        var texts = (await ForwardAsync(journal, Ana)).SelectMany(record => record.Events).Select(Text);
        Assert.Equal(Enumerable.Range(0, rounds * 2).Select(number => Text($"{number}")), texts);

        static async Task ReadUntilAsync(IJournal journal, CancellationToken done)
        {
            while (!done.IsCancellationRequested)
            {
                await journal.ReadHeadAsync(Ana);
                var records = await ForwardAsync(journal, Ana);
                Assert.Equal(Enumerable.Range(1, records.Count).Select(i => (long)i), records.Select(r => r.Sequence));
                var newest = await journal.ReadBackwardAsync(Ana, long.MaxValue, 4);
                Assert.All(newest, entry => Assert.Equal(Text($"{entry.Version - 1}"), Text(entry.Json)));
            }
        }
    }

    [Fact]
    public async Task Large_and_many_events_fit_in_one_commit()
    {
        await using var journal = await OpenAsync();
        var large = new string('x', 1 << 20);
        var many = Enumerable.Range(0, 2000).Select(i => $"event {i}").ToArray();
        await journal.AppendAsync(Commit(Ana, 0, 0, large));
        await journal.AppendAsync(Commit(Ana, 1, 1, many));

        var records = await ForwardAsync(journal, Ana);
        Assert.Equal(Text(large), Text(records[0].Events[0]));
        Assert.Equal(many.Select(Text), records[1].Events.Select(Text));
        Assert.Equal(new StreamHead(2, 2001), await journal.ReadHeadAsync(Ana));
    }

    [Fact]
    public async Task Any_record_and_version_of_a_long_stream_is_found()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 300);
        for (var from = 0; from < 300; from += 7)
        {
            var records = await ForwardAsync(journal, Ana, from);
            Assert.Equal(Enumerable.Range(from + 1, 300 - from).Select(i => (long)i), records.Select(r => r.Sequence));
            var found = Assert.Single(await journal.ReadBackwardAsync(Ana, from + 2, 1));
            Assert.Equal((from + 1, Text($"{from}")), (found.Version, Text(found.Json)));
        }
    }

    [Fact]
    public async Task The_newest_snapshot_is_kept()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 5);
        await journal.WriteSnapshotAsync(Ana, new(2, 2, 1, Json("old")));
        await journal.WriteSnapshotAsync(Ana, new(5, 5, 3, Json("new")));
        await journal.WriteSnapshotAsync(Ana, new(3, 3, 1, Json("late")));

        var snapshot = await journal.ReadSnapshotAsync(Ana);

        Assert.NotNull(snapshot);
        Assert.Equal(
            (5, 5, 3, Text("new")),
            (snapshot.Sequence, snapshot.Version, snapshot.Schema, Text(snapshot.Json))
        );
        Assert.Null(await journal.ReadSnapshotAsync(Ben));
    }

    [Fact]
    public async Task A_snapshot_is_the_same_after_opening_again_or_absent()
    {
        var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 5);
        await journal.WriteSnapshotAsync(Ana, new(4, 4, 1, Json("state")));
        await journal.DisposeAsync();

        await using var reopened = await OpenAsync();

        var snapshot = await reopened.ReadSnapshotAsync(Ana);
        Assert.True(snapshot is null || (snapshot.Sequence == 4 && Text(snapshot.Json) == Text("state")));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task An_owner_starts_from_the_snapshot_of_its_shape_or_from_the_first_record(int schema, bool fits)
    {
        await using var journal = await OpenAsync();
        var empty = await journal.ReadStartAsync(Ana, schema);
        Assert.Null(empty.Snapshot);
        Assert.Empty(await empty.Records.ToListAsync());
        await AppendManyAsync(journal, Ana, 7);
        await journal.WriteSnapshotAsync(Ana, new(4, 4, 3, Json("state")));

        var start = await journal.ReadStartAsync(Ana, schema);

        // A journal that reads the records with no more effort than the snapshot may leave the snapshot out.
        Assert.True(start.Snapshot is null || (fits && start.Snapshot.Sequence == 4));
        long[] expected = start.Snapshot is null ? [1, 2, 3, 4, 5, 6, 7] : [5, 6, 7];
        Assert.Equal(expected, (await start.Records.ToListAsync()).Select(static record => record.Sequence));
    }

    [Fact]
    public async Task A_snapshot_of_records_that_do_not_exist_is_never_shown()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 1);
        try
        {
            await journal.WriteSnapshotAsync(Ana, new(9, 9, 1, Json("future")));
        }
        catch (ArgumentException)
        {
            // Refusing is as good as ignoring.
        }
        Assert.Null(await journal.ReadSnapshotAsync(Ana));
    }

    [Fact]
    public async Task Streams_that_asked_to_be_woken_are_listed_until_a_record_does_not_ask()
    {
        var journal = await OpenAsync();
        if (journal is not IWakeIndex)
        {
            await journal.DisposeAsync();
            return;
        }
        await journal.AppendAsync(Commit(Ana, 0, 0, "due") with { WakeAt = Noon.AddDays(1) });
        await journal.AppendAsync(Commit(Ben, 0, 0, "due") with { WakeAt = Noon.AddDays(2) });
        await journal.AppendAsync(Commit(Ana, 1, 1, "done"));
        Assert.Equal([new(Ben, Noon.AddDays(2))], ((IWakeIndex)journal).ListPending());
        await journal.DisposeAsync();

        await using var reopened = await OpenAsync();
        Assert.Equal([new(Ben, Noon.AddDays(2))], ((IWakeIndex)reopened).ListPending());
    }

    [Fact]
    public async Task Reading_forward_can_be_cancelled()
    {
        await using var journal = await OpenAsync();
        await AppendManyAsync(journal, Ana, 5);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in journal.ReadForwardAsync(Ana, 0, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Many_streams_written_at_once_all_keep_their_own_order()
    {
        await using var journal = await OpenAsync();
        var streams = Enumerable.Range(0, 40).Select(i => new StreamId("purse", $"{i}")).ToArray();
        await Task.WhenAll(streams.Select(stream => Task.Run(() => AppendManyAsync(journal, stream, 25))));

        foreach (var stream in streams)
        {
            var records = await ForwardAsync(journal, stream);
            Assert.Equal(Enumerable.Range(0, 25).Select(i => Text($"{i}")), records.Select(r => Text(r.Events[0])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_the_journal_says_what_a_plain_list_would_say(int seed)
    {
        var model = new JournalModel(seed);
        for (var life = 0; life < 3; life++)
        {
            await using var journal = await OpenAsync();
            await model.CompareAsync(journal);
            for (var step = 0; step < 60; step++)
            {
                await model.StepAsync(journal);
            }
            await model.CompareAsync(journal);
        }
    }

    protected static Commit Commit(StreamId stream, long afterSequence, long afterVersion, params string[] events) =>
        new()
        {
            Stream = stream,
            AfterSequence = afterSequence,
            AfterVersion = afterVersion,
            At = Noon,
            Events = [.. events.Select(Json)],
        };

    protected static async Task<List<JournalRecord>> ForwardAsync(IJournal journal, StreamId stream, long after = 0)
    {
        var records = new List<JournalRecord>();
        await foreach (var record in journal.ReadForwardAsync(stream, after))
        {
            records.Add(record);
        }
        return records;
    }

    protected static async Task AppendManyAsync(IJournal journal, StreamId stream, int count)
    {
        var head = await journal.ReadHeadAsync(stream);
        for (var i = 0; i < count; i++)
        {
            await journal.AppendAsync(Commit(stream, head.Sequence + i, head.Version + i, $"{head.Version + i}"));
        }
    }

    private static Task Append(IJournal journal, Commit commit) => journal.AppendAsync(commit).AsTask();

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(Text(text));

    private static string Text(string text) => $"\"{text}\"";

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
