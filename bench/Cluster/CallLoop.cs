using System.Diagnostics;
using Actors.Bench.Load;

namespace Actors.Bench.Cluster;

/// <summary>So many callers at once, each calling again as soon as it is answered.</summary>
internal static class CallLoop
{
    public static async Task<CallRun> RunAsync(int callers, TimeSpan duration, Func<Random, Task> call)
    {
        var latency = new LatencyHistogram();
        var startedAt = Stopwatch.GetTimestamp();
        long failed = 0;
        long lastFailedAt = startedAt;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => KeepCallingAsync(caller))));
        return new CallRun(
            latency,
            Stopwatch.GetElapsedTime(startedAt),
            failed,
            Stopwatch.GetElapsedTime(startedAt, lastFailedAt)
        );

        async Task KeepCallingAsync(int caller)
        {
            var chance = new Random(caller);
            while (Stopwatch.GetElapsedTime(startedAt) < duration)
            {
                var calledAt = Stopwatch.GetTimestamp();
                try
                {
                    await call(chance);
                    latency.Add(Stopwatch.GetElapsedTime(calledAt));
                }
                catch (Exception exception)
                {
                    if (Interlocked.Increment(ref failed) == 1)
                    {
                        Console.WriteLine(
                            $"The first of those that failed: {exception.GetType().Name}: {exception.Message}"
                        );
                    }
                    Interlocked.Exchange(ref lastFailedAt, Stopwatch.GetTimestamp());
                }
            }
        }
    }
}

/// <param name="Elapsed">Until the last caller was answered.</param>
/// <param name="LastFailure">How long after the beginning a call failed last; zero when none did.</param>
internal sealed record CallRun(LatencyHistogram Latency, TimeSpan Elapsed, long Failed, TimeSpan LastFailure)
{
    public double PerSecond => Latency.Count / Elapsed.TotalSeconds;
}
