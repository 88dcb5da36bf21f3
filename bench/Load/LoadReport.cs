using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Bench.Load;

/// <summary>What one run of a load has seen.</summary>
internal sealed class LoadReport
{
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Whatever was not a success, by what it was.</summary>
    public ConcurrentDictionary<string, long> Faults { get; } = new();

    public TimeSpan Elapsed { get; set; }

    public long Requests => Latency.Count;

    public double PerSecond => Requests / Elapsed.TotalSeconds;

    public long FaultCount => Faults.Values.Sum();

    public void Answer(LoadRequest request, int status, long answeredAt)
    {
        if (status is >= 200 and < 300)
        {
            Latency.Add(Stopwatch.GetElapsedTime(request.DueAt, answeredAt));
        }
        else
        {
            Fault($"status {status}");
        }
    }

    public void Fault(string what) => Faults.AddOrUpdate(what, 1, static (_, count) => count + 1);

    public string DescribeFaults() =>
        string.Join(
            "; ",
            Faults.OrderByDescending(fault => fault.Value).Select(fault => $"{fault.Value} × {fault.Key}")
        );
}
