using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Actors.Bench.Load;

/// <summary>
/// Every connection sends its next request as soon as the one before is answered: how much can be carried at most.
/// </summary>
/// <remarks>Connection <c>i</c> of <c>n</c> has requests i, i + n, i + 2n … for itself and sends them in a circle.</remarks>
internal sealed class ClosedLoop : ILoad, IDisposable
{
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(30);

    private readonly ReadOnlyMemory<byte>[] _requests;
    private readonly LoadConnection[] _connections;
    private readonly Turn[] _turns;
    private readonly KeyStamp? _stamp;
    private readonly LoadReport _report = new();
    private readonly TaskCompletionSource _allIdle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _measureFrom;
    private long _endAt = long.MaxValue;
    private int _busy;

    private ClosedLoop(ReadOnlyMemory<byte>[] requests, int connections, long circles, KeyStamp? stamp)
    {
        _requests = requests;
        _stamp = stamp;
        _connections = new LoadConnection[Math.Min(connections, requests.Length)];
        _turns = new Turn[_connections.Length];
        for (var number = 0; number < _turns.Length; number++)
        {
            _turns[number] = new Turn { Next = number, CirclesLeft = circles };
        }
    }

    /// <summary>Sends in a circle for a time; only what is answered after the warm-up counts.</summary>
    public static async Task<LoadReport> RunAsync(
        IPEndPoint endPoint,
        ReadOnlyMemory<byte>[] requests,
        int connections,
        TimeSpan warmUp,
        TimeSpan duration,
        KeyStamp? stamp = null
    )
    {
        using var loop = new ClosedLoop(requests, connections, long.MaxValue, stamp);
        await loop.OpenAsync(endPoint);
        var now = Stopwatch.GetTimestamp();
        loop._measureFrom = now + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        loop._endAt = loop._measureFrom + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await loop.BeginAll().WaitAsync(warmUp + duration + LastAnswersWithin);
        loop._report.Elapsed = duration;
        return loop._report;
    }

    /// <summary>Sends every request a number of times, however long it takes.</summary>
    public static async Task<LoadReport> SendAllAsync(
        IPEndPoint endPoint,
        ReadOnlyMemory<byte>[] requests,
        int connections,
        int times = 1,
        KeyStamp? stamp = null
    )
    {
        using var loop = new ClosedLoop(requests, connections, times, stamp);
        await loop.OpenAsync(endPoint);
        var startedAt = Stopwatch.GetTimestamp();
        await loop.BeginAll();
        loop._report.Elapsed = Stopwatch.GetElapsedTime(startedAt);
        return loop._report;
    }

    public LoadRequest Answered(LoadConnection connection, int status, long answeredAt)
    {
        if (answeredAt >= _measureFrom && answeredAt < _endAt)
        {
            _report.Answer(connection.Request, status, answeredAt);
        }
        if (answeredAt < _endAt && Next(connection.Number) is { IsEmpty: false } next)
        {
            return new LoadRequest(next, answeredAt, _report);
        }
        BecomeIdle();
        return default;
    }

    public void Failed(LoadConnection connection, Exception fault)
    {
        _report.Fault(fault.Message);
        BecomeIdle();
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection?.Dispose();
        }
    }

    private ReadOnlyMemory<byte> Next(int number)
    {
        ref var turn = ref _turns[number];
        if (turn.Next >= _requests.Length)
        {
            turn.Next = number;
            turn.CirclesLeft--;
        }
        if (turn.CirclesLeft == 0)
        {
            return default;
        }
        var next = _requests[turn.Next];
        turn.Next += _connections.Length;
        _stamp?.Renew(MemoryMarshal.AsMemory(next).Span);
        return next;
    }

    private async Task OpenAsync(IPEndPoint endPoint)
    {
        for (var number = 0; number < _connections.Length; number++)
        {
            _connections[number] = await LoadConnection.OpenAsync(endPoint, this, number);
        }
    }

    private Task BeginAll()
    {
        _busy = _connections.Length;
        foreach (var connection in _connections)
        {
            connection.Begin(new LoadRequest(Next(connection.Number), Stopwatch.GetTimestamp(), _report));
        }
        return _allIdle.Task;
    }

    private void BecomeIdle()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _allIdle.SetResult();
        }
    }

    private struct Turn
    {
        public int Next;
        public long CirclesLeft;
    }
}
