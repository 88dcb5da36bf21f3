using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Actors.Bench.Load;

/// <summary>One kind of request at a steady pace.</summary>
internal sealed record PacedStream(string Name, ReadOnlyMemory<byte>[] Requests, double PerSecond)
{
    public KeyStamp? Stamp { get; init; }

    public LoadReport Report { get; } = new();
}

/// <summary>
/// Sends at set times whether or not earlier requests have been answered, and counts latency from the time at which a
/// request was due: a host that stalls cannot hide it by slowing its clients down.
/// </summary>
internal sealed class PacedLoop : ILoad, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Stack<LoadConnection> _idle = [];
    private readonly Queue<LoadRequest> _waiting = [];
    private readonly List<LoadConnection> _connections = [];

    private PacedLoop() { }

    public static async Task RunAsync(
        IPEndPoint endPoint,
        IReadOnlyList<PacedStream> streams,
        int connections,
        TimeSpan duration
    )
    {
        using var loop = new PacedLoop();
        for (var number = 0; number < connections; number++)
        {
            var connection = await LoadConnection.OpenAsync(endPoint, loop, number);
            loop._connections.Add(connection);
            loop._idle.Push(connection);
        }
        await loop.PaceAsync(streams, duration);
        await loop.LastAnswersAsync();
        foreach (var stream in streams)
        {
            stream.Report.Elapsed = duration;
        }
    }

    public LoadRequest Answered(LoadConnection connection, int status, long answeredAt)
    {
        connection.Request.Report.Answer(connection.Request, status, answeredAt);
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next))
            {
                return next;
            }
            _idle.Push(connection);
            return default;
        }
    }

    public void Failed(LoadConnection connection, Exception fault)
    {
        connection.Request.Report.Fault(fault.Message);
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    public void Dispose() => _connections.ForEach(static connection => connection.Dispose());

    private async Task PaceAsync(IReadOnlyList<PacedStream> streams, TimeSpan duration)
    {
        var sent = new long[streams.Count];
        var startedAt = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        for (var elapsed = TimeSpan.Zero; elapsed < duration; elapsed = Stopwatch.GetElapsedTime(startedAt))
        {
            for (var index = 0; index < streams.Count; index++)
            {
                var stream = streams[index];
                for (; sent[index] < elapsed.TotalSeconds * stream.PerSecond; sent[index]++)
                {
                    var due = startedAt + (long)(sent[index] / stream.PerSecond * Stopwatch.Frequency);
                    var bytes = stream.Requests[sent[index] % stream.Requests.Length];
                    stream.Stamp?.Renew(MemoryMarshal.AsMemory(bytes).Span);
                    Send(new LoadRequest(bytes, due, stream.Report));
                }
            }
            await timer.WaitForNextTickAsync();
        }
    }

    private void Send(LoadRequest request)
    {
        LoadConnection? connection;
        lock (_gate)
        {
            if (!_idle.TryPop(out connection))
            {
                _waiting.Enqueue(request);
                return;
            }
        }
        connection.Begin(request);
    }

    private async Task LastAnswersAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (!AllIdle())
        {
            if (Stopwatch.GetElapsedTime(since) > LastAnswersWithin)
            {
                throw new TimeoutException("Some requests were never answered.");
            }
            await Task.Delay(Tick, TimeProvider.System);
        }
    }

    private bool AllIdle()
    {
        lock (_gate)
        {
            return _idle.Count == _connections.Count;
        }
    }
}
