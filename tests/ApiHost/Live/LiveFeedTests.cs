using Actors.ApiHost.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Live;

[Trait("Spec", "CH-3")]
public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedStream _a = new('a');
    private readonly ScriptedStream _b = new('b');
    private readonly List<ScriptedStream> _passing = [];
    private readonly RecordingClient _client = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private bool _isWanted = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    [Fact]
    public async Task A_new_client_is_told_where_it_begins_and_then_what_happens()
    {
        _a.Add("before");
        await RunAsync();
        _a.Add("one");
        await SentAsync(2);
        _b.Add("two");
        await SentAsync(3);

        Assert.Equal([("a1.b0", "ready"), ("a2.b0", "one"), ("a2.b1", "two")], _client.Sent);
    }

    [Fact]
    public async Task A_client_that_resumes_gets_what_it_missed_in_order_and_only_that()
    {
        for (var number = 1; number <= 120; number++)
        {
            _a.Add($"{number}");
        }
        await RunAsync("a20.b0");

        await SentAsync(101);
        Assert.Equal(Enumerable.Range(21, 100).Select(static number => $"{number}"), _client.Texts.Skip(1));
        Assert.Equal("a120.b0", _client.Sent[^1].Id);
    }

    [Fact]
    public async Task An_event_of_several_envelopes_can_be_resumed_after_each_of_them()
    {
        _a.Add("1");
        _a.Add("2a", "2b", "2c");
        _a.Add("3a", "3b");
        await RunAsync("a0.b0");
        await SentAsync(7);
        var whole = _client.Sent;
        Assert.Equal(
            ["a0.b0", "a1.b0", "a1-1.b0", "a1-2.b0", "a2.b0", "a2-1.b0", "a3.b0"],
            whole.Select(static one => one.Id)
        );

        for (var seen = 1; seen < whole.Count; seen++)
        {
            var again = new RecordingClient();
            await RunAsync(whole[seen].Id!, again);
            await Eventually.TrueAsync(() => again.Sent.Count == whole.Count - seen);
            Assert.Equal(whole.Skip(seen + 1), again.Sent.Skip(1));
        }
    }

    [Fact]
    public async Task State_that_comes_in_pieces_is_shown_whole_again_to_whom_was_cut_off_in_between()
    {
        var state = new ScriptedStream('s') { ShowsState = true };
        state.Add("x", "y");
        await RunAsync(null, _client, state);
        await SentAsync(3);
        Assert.Equal([("s0", "ready"), ("s0", "x"), ("s1", "y")], _client.Sent);

        var again = new RecordingClient();
        await RunAsync("s0", again, state);
        await Eventually.TrueAsync(() => again.Sent.Count == 3);
        Assert.Equal(["ready", "x", "y"], again.Texts);
    }

    [Theory]
    [InlineData("a1.b1.c1")]
    [InlineData("z1")]
    [InlineData("a2")]
    [InlineData("a0.b7")]
    public async Task A_position_in_an_unknown_stream_or_beyond_its_end_is_refused(string id)
    {
        _a.Add("1");
        Assert.False(await OpenAsync(new LiveFeed(_time, NullLogger.Instance), id, [_a, _b]));
    }

    [Fact]
    public async Task A_stream_that_the_client_does_not_know_yet_begins_now()
    {
        _a.Add("a1");
        _b.Add("b1");
        await RunAsync("a0");
        await SentAsync(2);
        Assert.Equal([("a0.b1", "ready"), ("a1.b1", "a1")], _client.Sent);
    }

    [Fact]
    public async Task The_next_page_is_read_only_once_the_client_has_taken_the_last()
    {
        for (var number = 1; number <= 3 * LiveFeed.PageSize; number++)
        {
            _a.Add($"{number}");
        }
        var taking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sends = 0;
        _client.Taking = () => Interlocked.Increment(ref sends) == 1 ? Task.CompletedTask : taking.Task;
        await RunAsync("a0.b0");
        await Eventually.TrueAsync(() => _a.Reads == 1);
        _b.Add("waits as well");
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((1, 0), (_a.Reads, _b.Reads));

        taking.SetResult();
        await SentAsync((3 * LiveFeed.PageSize) + 2);
    }

    [Fact]
    public async Task A_stream_with_much_to_tell_does_not_keep_the_others_waiting()
    {
        for (var number = 1; number <= 5 * LiveFeed.PageSize; number++)
        {
            _a.Add($"{number}");
        }
        _b.Add("short");
        await RunAsync("a0.b0");

        await SentAsync((5 * LiveFeed.PageSize) + 2);
        Assert.InRange(_client.Texts.ToList().IndexOf("short"), 1, (2 * LiveFeed.PageSize) + 1);
    }

    [Fact]
    public async Task A_connection_beats_every_15_seconds_and_asks_nothing_meanwhile()
    {
        await RunAsync();
        for (var beat = 1; beat <= 4; beat++)
        {
            _time.Advance(TimeSpan.FromSeconds(14));
            Assert.Equal(beat - 1, _client.Beats);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => _client.Beats == beat);
        }
        Assert.Equal((0, 0), (_a.Reads, _b.Reads));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_asked_again_a_second_later_and_nothing_is_lost()
    {
        _a.Fault = new TimeoutException();
        await RunAsync();
        _a.Add("kept");
        await Eventually.TrueAsync(() => _a.Reads == 1);
        Assert.Equal(["ready"], _client.Texts);

        // Begins to wait a moment after the read.
        var readAt = _time.GetUtcNow();
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return _client.Sent.Count == 2;
        });
        Assert.True(_time.GetUtcNow() - readAt >= TimeSpan.FromSeconds(1));
        Assert.Equal(("a1.b0", "kept"), _client.Sent[1]);
    }

    [Fact]
    public async Task A_bug_in_a_stream_ends_the_connection_instead_of_hiding()
    {
        _a.Fault = new InvalidOperationException("a bug");
        await RunAsync();
        _a.Add("x");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _running[0]);
    }

    [Fact]
    public async Task A_stop_ends_it_at_once_even_while_the_client_takes_nothing()
    {
        await RunAsync();
        _client.Taking = static () => new TaskCompletionSource().Task;
        _a.Add("x");
        await Eventually.TrueAsync(() => _a.Reads == 1);

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running[0]);
    }

    [Fact]
    public async Task What_passes_has_no_id_and_moves_no_client()
    {
        var passing = new ScriptedStream('-') { ShowsState = true };
        _passing.Add(passing);
        await RunAsync();
        _a.Add("one");
        await SentAsync(2);
        passing.Add("typing");
        await SentAsync(3);
        _b.Add("two");
        await SentAsync(4);

        Assert.Equal([("a0.b0", "ready"), ("a1.b0", "one"), (null, "typing"), ("a1.b1", "two")], _client.Sent);
    }

    [Fact]
    public async Task A_feed_that_is_no_longer_wanted_ends_by_the_next_beat()
    {
        await RunAsync();
        _isWanted = false;
        _time.Advance(LiveFeed.BeatEvery);
        await _running[0].WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    private Task RunAsync(string? resume = null) => RunAsync(resume, _client, _a, _b);

    private Task RunAsync(string resume, RecordingClient client) => RunAsync(resume, client, _a, _b);

    private async Task RunAsync(string? resume, RecordingClient client, params ScriptedStream[] streams)
    {
        var feed = new LiveFeed(_time, NullLogger.Instance);
        Assert.True(await OpenAsync(feed, resume, streams));
        _running.Add(feed.RunAsync(client, () => _isWanted, _stop.Token));
        await Eventually.TrueAsync(() => client.Sent.Count > 0);
    }

    private Task<bool> OpenAsync(LiveFeed feed, string? resume, ScriptedStream[] streams)
    {
        var cursor = LiveCursor.Empty;
        Assert.True(resume is null || LiveCursor.TryParse(resume, out cursor));
        return feed.OpenAsync(
            streams.ToDictionary(static one => one.Letter, static one => one.Open(null!)!),
            [.. _passing.Select(static one => one.Open(null!)!)],
            cursor!
        );
    }

    private Task SentAsync(int count) => Eventually.TrueAsync(() => _client.Sent.Count == count);
}
