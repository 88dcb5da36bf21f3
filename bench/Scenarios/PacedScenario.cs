using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>
/// The latency targets at the pace they are promised for (MO-8). The host is killed and started again before, so that the
/// first read of every mood has to load it, as after a deployment.
/// </summary>
internal static class PacedScenario
{
    private const double HitRatioTarget = 0.8;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var requests = new MoodRequests(host, arguments.Number("models", 1_000));
        await host.RegisterAsync(requests.Models);
        await host.KillAndStartAsync();

        var updates = arguments.Number("updates", 500);
        var reads = arguments.Number("reads", 2_000);
        (PacedStream Stream, TimeSpan Target)[] paced =
        [
            (Stream(requests.MoodGet, reads), TimeSpan.FromMilliseconds(50)),
            (Stream(requests.MoodPost, updates), TimeSpan.FromMilliseconds(100)),
            (Stream(requests.Template, reads / 10.0), TimeSpan.FromMilliseconds(75)),
            (Stream(requests.History, reads / 20.0), TimeSpan.FromMilliseconds(200)),
        ];
        await PacedLoop.RunAsync(
            host.EndPoint,
            [.. paced.Select(one => one.Stream)],
            arguments.Number("connections", 256),
            arguments.Seconds("seconds", 30)
        );

        Print(paced);
        var hitRatio = await HitRatioAsync(host);
        Console.WriteLine($"Moods read from memory: {hitRatio:P1} (target: over {HitRatioTarget:P0})");
        var met = paced.All(one => one.Stream.Report.FaultCount == 0 && P95(one.Stream) < one.Target);
        return met && hitRatio > HitRatioTarget ? 0 : 1;
    }

    private static PacedStream Stream(Target target, double perSecond) => new(target.Name, target.Bytes(), perSecond);

    private static TimeSpan P95(PacedStream stream) => stream.Report.Latency.Percentile(95);

    private static void Print((PacedStream Stream, TimeSpan Target)[] paced)
    {
        var table = new Table("request", "paced at", "answered", "p50", "p95", "target p95", "p99", "faults");
        foreach (var (stream, target) in paced)
        {
            var latency = stream.Report.Latency;
            table.Add(
                stream.Name,
                $"{stream.PerSecond:N0}/s",
                $"{stream.Report.Requests:N0}",
                Table.Milliseconds(latency.Percentile(50)),
                Table.Milliseconds(latency.Percentile(95)),
                $"< {target.TotalMilliseconds:N0} ms",
                Table.Milliseconds(latency.Percentile(99)),
                $"{stream.Report.FaultCount}"
            );
            if (stream.Report.FaultCount > 0)
            {
                Console.Error.WriteLine($"{stream.Name}: {stream.Report.DescribeFaults()}");
            }
        }
        table.Print();
    }

    private static async Task<double> HitRatioAsync(BenchHost host)
    {
        var metrics = await HostMetrics.ReadAsync(host);
        var (hits, misses) = (Reads("hit"), Reads("miss"));
        return hits / (hits + misses);

        double Reads(string result) => metrics.Sum($"actors_mood_reads_total{{result=\"{result}\"}}");
    }
}
