using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class StreamTests : IAsyncDisposable
{
    private readonly Silo _silo = new();

    [Fact]
    public async Task A_stream_is_read_to_its_end()
    {
        List<int> read = [];
        await foreach (var number in _silo.Grain<ICounter>().Count(5))
        {
            read.Add(number);
        }
        Assert.Equal([1, 2, 3, 4, 5], read);
        Assert.Contains("stream ended", _silo.Journal.Lines);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_ends_the_stream()
    {
        await foreach (var number in _silo.Grain<ICounter>().Count(1_000_000))
        {
            if (number == 3)
            {
                break;
            }
        }
        Assert.Contains("stream ended", _silo.Journal.Lines);
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_does_not_begin()
    {
        _ = _silo.Grain<ICounter>().Count(3);
        await using (_silo.Grain<ICounter>().Count(3).GetAsyncEnumerator()) { }
        Assert.Empty(_silo.Journal.Lines);
    }

    [Fact]
    public async Task A_stream_can_be_cancelled_by_either_token()
    {
        using var source = new CancellationTokenSource();
        await using var first = _silo.Grain<ICounter>().Count(9, source.Token).GetAsyncEnumerator();
        await using var second = _silo.Grain<ICounter>().Count(9).GetAsyncEnumerator(source.Token);
        Assert.True(await first.MoveNextAsync() && await second.MoveNextAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.MoveNextAsync().AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task The_grain_serves_others_between_two_items()
    {
        await using var stream = _silo.Grain<ICounter>().Count(3).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(7, await _silo.Grain<ICounter>().Add(7));
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(2, stream.Current);
    }

    [Fact]
    public async Task A_stream_whose_grain_was_deactivated_is_aborted()
    {
        await using var stream = _silo.Grain<ICounter>().Count(3).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        await _silo.Grain<ICounter>().Leave();
        await _silo.Grain<ICounter>().Read();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => stream.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Stateless_workers_work_beside_each_other_up_to_their_limit()
    {
        var calls = new[] { "1", "2", "3" }.Select(x => _silo.Grain<IWorker>().Work(x)).ToArray();
        await Notes.Until(() => _silo.Journal.Lines.Count == 2);
        Assert.Equal(["work 1", "work 2"], _silo.Journal.Lines.Order());
        _silo.Journal.Open("3");
        Assert.Equal(2, _silo.Journal.Lines.Count);
        _silo.Journal.Open("1");
        _silo.Journal.Open("2");
        var workers = await Task.WhenAll(calls);
        Assert.Equal(2, workers.Distinct().Count());
        Assert.Equal(2, _silo.Engine.Statistics.ActivationCount);
        await _silo.Engine.StopAsync(CancellationToken.None);
        Assert.Equal(0, _silo.Engine.Statistics.ActivationCount);
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
