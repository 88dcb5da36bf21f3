using System.Diagnostics;
using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>Puts one kind of request under as much load as the machine carries.</summary>
internal abstract class LoadClient(BenchHost host, int connections, TimeSpan duration)
{
    public abstract string Name { get; }

    protected BenchHost Host { get; } = host;

    public int Connections { get; } = connections;

    protected TimeSpan Duration { get; } = duration;

    public static LoadClient Choose(BenchArguments arguments, BenchHost host)
    {
        var connections = arguments.Number("connections", 128);
        var duration = arguments.Seconds("seconds", 4);
        return arguments.Text("client") == "wrk"
            ? new WrkClient(host, connections, duration)
            : new OwnClient(host, connections, duration);
    }

    public abstract Task<LoadRun> RunAsync(Target target);
}

internal sealed class OwnClient(BenchHost host, int connections, TimeSpan duration)
    : LoadClient(host, connections, duration)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    public override string Name => $"own load generator, {Connections} connections";

    public override async Task<LoadRun> RunAsync(Target target)
    {
        var bytes = target.Bytes();
        using var self = Process.GetCurrentProcess();
        var (hostBefore, selfBefore) = (Host.Process.ProcessorTime, self.TotalProcessorTime);
        var startedAt = Stopwatch.GetTimestamp();
        var report = await ClosedLoop.RunAsync(Host.EndPoint, bytes, Connections, WarmUp, Duration, target.Stamp);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        self.Refresh();
        // The warm-up spends time as well, at the same rate.
        var requests = report.PerSecond * elapsed.TotalSeconds;
        if (report.FaultCount > 0)
        {
            Console.Error.WriteLine($"{target.Name}: {report.DescribeFaults()}");
        }
        return new LoadRun(
            report.PerSecond,
            report.Latency.Percentile(50),
            report.Latency.Percentile(95),
            report.Latency.Percentile(99),
            (Host.Process.ProcessorTime - hostBefore).TotalMicroseconds / requests,
            (self.TotalProcessorTime - selfBefore).TotalMicroseconds / requests,
            report.FaultCount
        );
    }
}
