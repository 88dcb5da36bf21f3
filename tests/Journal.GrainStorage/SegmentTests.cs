using System.Text;
using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

public class SegmentTests
{
    [Fact]
    public async Task A_full_segment_is_followed_by_a_new_one_and_the_head_names_it()
    {
        var rig = new Rig();

        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(7));

        Assert.Equal(
            [
                "head journal/mood.ana",
                "segment-0000000001 journal/mood.ana",
                "segment-0000000002 journal/mood.ana",
                "segment-0000000003 journal/mood.ana",
            ],
            rig.Storage.Names
        );
        HeadState? head = null;
        rig.Storage.Tamper<HeadState>("head", stored => head = stored);
        Assert.Equal(3, head!.Segment);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_head_that_lags_behind_or_is_lost_is_made_up_for_by_looking_further(long hint)
    {
        var rig = new Rig();
        var head = await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(13));
        rig.Storage.Tamper<HeadState>("head", stored => new HeadState { Stream = stored.Stream, Segment = hint });
        if (hint == 0)
        {
            rig.Storage.Remove("head");
        }

        Assert.Equal(head, await rig.Open().ReadHeadAsync(Rig.Stream));
        await Rig.AppendAsync(rig.Open(), head, Rig.Texts(4, 14));
        Assert.Equal(Rig.Texts(17), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_segment_is_full_by_bytes_too()
    {
        var rig = new Rig();
        var options = new GrainStorageJournalOptions { SegmentBytes = 1024 };
        var long1 = $"\"{new string('x', 2_000)}\"";

        await Rig.AppendAsync(rig.Open(options), StreamHead.Empty, Rig.Text(1), long1, Rig.Text(3));

        Assert.Equal([Rig.Text(1), long1, Rig.Text(3)], await rig.ReadAllAsync(options));
        Assert.Equal(3, rig.Storage.Names.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_too_large_for_a_storage_record_lies_in_parts_that_each_fit_one(bool encrypted)
    {
        var rig = new Rig();
        var options = encrypted ? Rig.Small with { Key = new byte[32] } : Rig.Small;
        var large = $"\"{new string('x', 1_000_000)}\"";

        await Rig.AppendAsync(rig.Open(options), StreamHead.Empty, Rig.Text(1), large, Rig.Text(3));

        Assert.Equal([Rig.Text(1), large, Rig.Text(3)], await rig.ReadAllAsync(options));
        Assert.Equal(4, rig.Storage.Names.Count(static name => name.StartsWith("part-", StringComparison.Ordinal)));
        Assert.InRange(rig.Storage.LargestRecordBytes, 256 * 1024, 400 * 1024);
    }

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    public async Task One_failed_request_anywhere_in_a_large_commit_is_overcome(StorageFault fault)
    {
        var large = $"\"{new string('x', 600_000)}\"";
        for (var failing = 3; failing <= 12; failing++)
        {
            var rig = new Rig();
            var journal = rig.Open();
            await journal.ReadHeadAsync(Rig.Stream);
            rig.Storage.Faults = request => request.Number == failing ? fault : StorageFault.None;

            await Rig.AppendAsync(journal, StreamHead.Empty, large);

            rig.Storage.Faults = static _ => StorageFault.None;
            Assert.Equal([large], await rig.ReadAllAsync());
        }
    }

    [Fact]
    public async Task A_commit_above_the_limit_is_refused_at_once()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var commit = Rig.CommitOf(StreamHead.Empty, $"\"{new string('x', 17 << 20)}\"");

        await Assert.ThrowsAsync<ArgumentException>(() => journal.AppendAsync(commit).AsTask());

        Assert.Equal(0, rig.Storage.Operations);
    }

    [Fact]
    public async Task Appends_need_one_request_each_once_the_tail_is_known()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Text(1));
        var before = rig.Storage.Operations;

        await Rig.AppendAsync(journal, head, Rig.Texts(2, 2));

        Assert.Equal(before + 2, rig.Storage.Operations);
    }

    [Fact]
    public async Task The_owner_s_newest_history_needs_no_request()
    {
        var rig = new Rig();
        var journal = rig.Open(new GrainStorageJournalOptions());
        await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(5));
        var before = rig.Storage.Operations;

        var page = await journal.ReadBackwardAsync(Rig.Stream, 6, 3);

        Assert.Equal([5, 4, 3], page.Select(static entry => entry.Version));
        Assert.Equal(before, rig.Storage.Operations);
        // What somebody else may have written meanwhile has to be looked for.
        await Rig.AppendAsync(rig.Open(), new StreamHead(5, 5), Rig.Text(6));
        Assert.Equal(6, (await journal.ReadBackwardAsync(Rig.Stream, long.MaxValue, 1))[0].Version);
    }

    [Fact]
    public async Task An_owner_that_starts_waits_for_its_storage_twice_at_most()
    {
        var rig = new Rig();
        var head = await Rig.AppendAsync(rig.Open(Rig.Small), StreamHead.Empty, Rig.Texts(5));
        await rig.Open().WriteSnapshotAsync(Rig.Stream, new StreamSnapshot(4, 4, 1, "{}"u8.ToArray()));
        var arrived = 0;
        var pairs = new[] { NewSource(), NewSource() };
        rig.Storage.Latency = request =>
        {
            var number = Interlocked.Increment(ref arrived) - 1;
            if (number % 2 == 1)
            {
                pairs[number / 2].SetResult();
            }
            return pairs[number / 2].Task;
        };

        // Would never end if one of a pair were asked for after the other.
        var start = await rig.Open().ReadStartAsync(Rig.Stream, 1);

        Assert.Equal(4, start.Snapshot!.Sequence);
        await foreach (var record in start.Records)
        {
            Assert.Equal(head.Sequence, record.Sequence);
        }
        Assert.Equal(4, arrived);

        static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Fact]
    public async Task A_cache_without_room_costs_reads_and_nothing_else()
    {
        var rig = new Rig();

        await Rig.AppendAsync(rig.Open(Rig.Small with { CacheBytes = 0 }), StreamHead.Empty, Rig.Texts(8));

        Assert.Equal(Rig.Texts(8), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task Reading_from_the_middle_of_a_long_stream_finds_its_place_by_bisection()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(300));
        for (var after = 0; after <= 301; after += 7)
        {
            List<long> sequences = [];
            await foreach (var record in rig.Open().ReadForwardAsync(Rig.Stream, after))
            {
                sequences.Add(record.Sequence);
            }
            Assert.Equal(
                Enumerable.Range(after + 1, Math.Max(0, 300 - after)).Select(number => (long)number),
                sequences
            );
        }

        var before = rig.Storage.Operations;
        await rig.Open().ReadBackwardAsync(Rig.Stream, 150, 1);
        Assert.InRange(rig.Storage.Operations - before, 1, 12);
    }

    [Fact]
    public async Task Backward_pages_cross_segments_and_skip_records_that_are_bookkeeping_only()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = StreamHead.Empty;
        for (var number = 1; number <= 20; number += 2)
        {
            await journal.AppendAsync(Rig.CommitOf(head, Rig.Text(number), Rig.Text(number + 1)));
            head = new StreamHead(head.Sequence + 1, head.Version + 2);
            await journal.AppendAsync(Rig.CommitOf(head) with { Mark = "{}"u8.ToArray() });
            head = head with { Sequence = head.Sequence + 1 };
        }

        List<string> found = [];
        for (var before = long.MaxValue; before > 1; )
        {
            var page = await rig.Open().ReadBackwardAsync(Rig.Stream, before, 3);
            found.AddRange(page.Select(entry => Encoding.UTF8.GetString(entry.Json.Span)));
            before = page[^1].Version;
        }

        Assert.Equal(Rig.Texts(20).Reverse(), found);
        Assert.Equal(head, await rig.Open().ReadHeadAsync(Rig.Stream));
    }
}
