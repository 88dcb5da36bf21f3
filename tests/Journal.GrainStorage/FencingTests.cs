namespace Actors.Journal.GrainStorage.Tests;

public class FencingTests
{
    /// <summary>Where the stale silo last looked, and how far the other one went on since.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 1)]
    [InlineData(3, 9)]
    public async Task A_stale_activation_is_refused_wherever_the_stream_went_since(int seen, int since)
    {
        var rig = new Rig();
        var stale = rig.Open();
        var head = await Rig.AppendAsync(stale, StreamHead.Empty, Rig.Texts(seen));
        await stale.ReadHeadAsync(Rig.Stream);
        await Rig.AppendAsync(rig.Open(), head, Rig.Texts(since, seen + 1));

        await Assert.ThrowsAsync<JournalConflictException>(() => Rig.AppendAsync(stale, head, """{"stale":true}"""));

        Assert.Equal(Rig.Texts(seen + since), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task Writers_that_disagree_about_the_size_of_segments_cannot_continue_a_stream_in_two_places()
    {
        var rig = new Rig();
        var large = rig.Open(Rig.Small with { SegmentRecords = 100 });
        var small = rig.Open(Rig.Small with { SegmentRecords = 1 });
        var head = await Rig.AppendAsync(large, StreamHead.Empty, Rig.Texts(2));
        Assert.Equal(head, await small.ReadHeadAsync(Rig.Stream));

        await Rig.AppendAsync(small, head, Rig.Text(3));

        await Assert.ThrowsAsync<JournalConflictException>(() => Rig.AppendAsync(large, head, """{"stale":true}"""));
        Assert.Equal(Rig.Texts(3), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task Two_appends_at_once_after_the_same_record_cannot_both_succeed()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        var open = new TaskCompletionSource();
        rig.Storage.Latency = _ => open.Task;
        var first = Rig.AppendAsync(journal, head, Rig.Text(2));
        var second = Rig.AppendAsync(journal, head, Rig.Text(2));

        open.SetResult();

        var outcomes = await Task.WhenAll(Outcome(first), Outcome(second));
        Assert.Single(outcomes, static refused => !refused);
        Assert.Equal(Rig.Texts(2), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task An_append_that_skips_a_record_is_refused()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));

        await Assert.ThrowsAsync<JournalConflictException>(() =>
            Rig.AppendAsync(journal, new StreamHead(head.Sequence + 1, head.Version + 1), Rig.Text(3))
        );
    }

    [Fact]
    public async Task Streams_whose_names_Azure_would_make_alike_stay_apart()
    {
        var rig = new Rig();
        var journal = rig.Open();
        StreamId[] streams = [new("a", "b_c"), new("a_b", "c"), new("a", "b/c"), new("a", "b#c"), new("a", "b.c")];
        foreach (var stream in streams)
        {
            await journal.AppendAsync(Rig.CommitOf(StreamHead.Empty, $"\"{stream}\"") with { Stream = stream });
        }

        foreach (var stream in streams)
        {
            Assert.Equal(new StreamHead(1, 1), await rig.Open().ReadHeadAsync(stream));
        }
        Assert.Equal(streams.Length, rig.Storage.Names.Count);
        Assert.DoesNotContain(rig.Storage.Names, static name => name.Split('/')[1].AsSpan().ContainsAny("/\\#?"));
    }

    [Fact]
    public void Options_out_of_range_stop_the_start_with_their_name()
    {
        var rig = new Rig();

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            rig.Open(new GrainStorageJournalOptions { SegmentBytes = 1 })
        );

        Assert.Contains(nameof(GrainStorageJournalOptions.SegmentBytes), exception.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> Outcome(Task append)
    {
        try
        {
            await append;
            return false;
        }
        catch (JournalConflictException)
        {
            return true;
        }
    }
}
