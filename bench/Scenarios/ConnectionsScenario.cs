using System.Diagnostics;
using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>Thousands of connections at once, all kept open and all served (MO-8: 5,000 concurrent queries).</summary>
internal static class ConnectionsScenario
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var connections = arguments.Number("connections", 5_000);
        var duration = arguments.Seconds("seconds", 20);
        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var requests = new MoodRequests(host, arguments.Number("models", 1_000));
        await host.RegisterAsync(requests.Models);

        // One request per connection, so that the loop opens as many as were asked for.
        var once = requests.MoodGet.Bytes();
        ReadOnlyMemory<byte>[] bytes =
        [
            .. Enumerable.Range(0, connections).Select(number => once[number % once.Length]),
        ];
        var startedAt = Stopwatch.GetTimestamp();
        var report = await ClosedLoop.RunAsync(host.EndPoint, bytes, connections, TimeSpan.Zero, duration);

        var table = new Table("connections", "requests", "requests/s", "p50", "p95", "p99", "faults", "host memory");
        table.Add(
            $"{connections:N0}",
            $"{report.Requests:N0}",
            $"{report.PerSecond:N0}",
            Table.Milliseconds(report.Latency.Percentile(50)),
            Table.Milliseconds(report.Latency.Percentile(95)),
            Table.Milliseconds(report.Latency.Percentile(99)),
            $"{report.FaultCount}",
            $"{host.Process.ResidentBytes >> 20:N0} MB"
        );
        table.Print();
        Console.WriteLine($"{Stopwatch.GetElapsedTime(startedAt).TotalSeconds:N1} s in all. {report.DescribeFaults()}");
        return report.FaultCount == 0 && report.Requests >= connections ? 0 : 1;
    }
}
