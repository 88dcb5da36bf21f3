using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Purchases;

/// <summary>How long a purchase takes beside the disk's own sync, measured in turn, because the disk is shared as well.</summary>
internal sealed class Latencies(BenchHost host, Target noop, Target target, double perSecond, TimeSpan duration)
{
    private const int Connections = 256;

    private readonly LatencyHistogram _sync = new();
    private readonly LatencyHistogram _alone = new();
    private readonly LatencyHistogram _paced = new();
    private readonly LatencyHistogram _noop = new();

    public double PerSecond => perSecond;

    /// <summary>A raw write of 4 KB with fdatasync.</summary>
    public LatencyHistogram Sync => _sync;

    /// <summary>One client, one purchase after the other.</summary>
    public LatencyHistogram Alone => _alone;

    /// <summary>At a steady pace, counted from the time at which each was due.</summary>
    public LatencyHistogram Paced => _paced;

    /// <summary>The same pace of requests that do nothing: what the machine and the client are capable of.</summary>
    public LatencyHistogram Noop => _noop;

    public async Task MeasureAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _sync.Add(SyncProbe.Run(host.DataDirectory, duration / 2));
            _alone.Add(await AloneAsync());
            _sync.Add(SyncProbe.Run(host.DataDirectory, duration / 2));
            _paced.Add(await PacedAsync(target));
            _noop.Add(await PacedAsync(noop));
            await PurchasesScenario.SettleAsync();
        }
    }

    private async Task<LatencyHistogram> AloneAsync()
    {
        var report = await ClosedLoop.RunAsync(
            host.EndPoint,
            target.Bytes(),
            connections: 1,
            TimeSpan.Zero,
            duration,
            target.Stamp
        );
        BenchHost.ThrowOnFault(report);
        return report.Latency;
    }

    private async Task<LatencyHistogram> PacedAsync(Target paced)
    {
        var stream = new PacedStream(paced.Name, paced.Bytes(), perSecond) { Stamp = paced.Stamp };
        await PacedLoop.RunAsync(host.EndPoint, [stream], Connections, duration);
        BenchHost.ThrowOnFault(stream.Report);
        return stream.Report.Latency;
    }
}
