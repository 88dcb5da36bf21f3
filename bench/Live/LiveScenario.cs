using System.Diagnostics;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Messages;

namespace Actors.Bench.Live;

/// <summary>
/// Thousands of users with an open live feed who talk with one model: how soon each is told that she has come, and what an open
/// feed costs.
/// </summary>
internal static class LiveScenario
{
    private const int OpenAtOnce = 64;

    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>She counts as gone a second after her last connection.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var connections = arguments.Number("connections", 10_000);
        var rounds = arguments.Number("rounds", 5);
        var atMost = $"{connections + 1_000}";
        await using var host = await BenchHost.StartAsync(
            arguments,
            ("Limits:Connections", atMost),
            ("Limits:ConnectionsPerAddress", atMost)
        );
        Machine.Print(host.DataDirectory);
        var model = Talk.ModelOf(0);
        await host.RegisterAsync([model]);
        await Talk.IntroduceAsync(host, connections);
        string[] tokens =
        [
            .. Enumerable.Range(0, connections).Select(number => host.Token(Talk.UserOf(number), "user")),
        ];
        await BeginAsync(host, model, tokens);

        var before = host.Process.ResidentBytes;
        var hearing = new Hearing();
        var listeners = new Listener[connections];
        await Parallel.ForAsync(
            0,
            connections,
            new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce },
            async (number, _) => listeners[number] = await ListenAsync(host, tokens[number], hearing.Came)
        );
        await Task.Delay(Gone, TimeProvider.System);
        var bytes = (host.Process.ResidentBytes - before) / connections;

        var latencies = new LatencyHistogram();
        var missed = 0;
        for (var round = 0; round < rounds; round++)
        {
            hearing.Begin(connections);
            using (await ListenAsync(host, host.Token(model, "model"), static _ => { }))
            {
                missed += await hearing.EndAsync(latencies, Patience);
            }
            await Task.Delay(Gone, TimeProvider.System);
        }

        var p99 = latencies.Percentile(99);
        var table = new Table(
            "connections",
            "told in all",
            "p50",
            "p99",
            "aim",
            "met",
            "missed",
            "ended",
            "host memory",
            "per connection"
        );
        var ended = listeners.Count(static one => one.IsOver);
        table.Add(
            $"{connections:N0}",
            $"{latencies.Count:N0}",
            Table.Milliseconds(latencies.Percentile(50)),
            Table.Milliseconds(p99),
            $"p99 ≤ {Table.Milliseconds(Aim)}",
            p99 <= Aim ? "yes" : "no",
            $"{missed}",
            $"{ended}",
            $"{host.Process.ResidentBytes >> 20:N0} MB",
            $"{bytes:N0} B"
        );
        table.Print();
        foreach (var one in listeners)
        {
            one.Dispose();
        }
        return missed + ended == 0 ? 0 : 1;
    }

    /// <summary>Everybody talks with her.</summary>
    private static async Task BeginAsync(BenchHost host, string model, string[] tokens)
    {
        ReadOnlyMemory<byte>[] hello =
        [
            .. tokens.Select(token =>
                RequestBytes.WithBody(
                    "POST",
                    $"/api/v1/conversations/{model}/messages",
                    token,
                    """{"content":"hello"}"""
                )
            ),
        ];
        BenchHost.ThrowOnFault(await ClosedLoop.SendAllAsync(host.EndPoint, hello, OpenAtOnce));
        await Task.Delay(Gone, TimeProvider.System);
    }

    private static Task<Listener> ListenAsync(BenchHost host, string token, Action<long> came) =>
        Listener.OpenAsync(host.EndPoint, RequestBytes.Get("/api/v1/events", token), came);

    /// <summary>One coming, and all who are to be told of it.</summary>
    private sealed class Hearing
    {
        private readonly Lock _gate = new();
        private readonly List<long> _heard = [];
        private TaskCompletionSource _all = new();
        private int _expected;
        private long _startedAt;

        public void Begin(int expected)
        {
            lock (_gate)
            {
                _heard.Clear();
                (_expected, _startedAt) = (expected, Stopwatch.GetTimestamp());
                _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Came(long at)
        {
            lock (_gate)
            {
                _heard.Add(at);
                if (_heard.Count == _expected)
                {
                    _all.TrySetResult();
                }
            }
        }

        /// <summary>How many were not told in time.</summary>
        public async Task<int> EndAsync(LatencyHistogram latencies, TimeSpan patience)
        {
            await Task.WhenAny(_all.Task, Task.Delay(patience, TimeProvider.System));
            lock (_gate)
            {
                foreach (var at in _heard)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(_startedAt, at));
                }
                return _expected - _heard.Count;
            }
        }
    }
}
