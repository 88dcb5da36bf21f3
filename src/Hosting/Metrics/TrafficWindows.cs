namespace Actors.Hosting.Metrics;

/// <summary>The recent past, as alerts look at it.</summary>
internal sealed class TrafficWindows(TimeProvider time)
{
    public SlidingCounter Requests { get; } = new(TimeSpan.FromMinutes(5), time);

    public SlidingCounter FailedRequests { get; } = new(TimeSpan.FromMinutes(5), time);

    public LatencyWindow Latency { get; } = new(time);

    public SlidingCounter MoodChanges { get; } = new(TimeSpan.FromHours(1), time);

    public SlidingCounter MoodLimitHits { get; } = new(TimeSpan.FromHours(1), time);

    public SlidingCounter TemplateFailures { get; } = new(TimeSpan.FromHours(1), time);

    public SlidingCounter StorageErrors { get; } = new(TimeSpan.FromMinutes(1), time);

    public SlidingCounter CacheHits { get; } = new(TimeSpan.FromMinutes(5), time);

    public SlidingCounter CacheMisses { get; } = new(TimeSpan.FromMinutes(5), time);

    /// <summary>Failed requests among all; 0 while there are none.</summary>
    public double ErrorRatio => Ratio(FailedRequests.Total(), Requests.Total());

    /// <summary>Moods answered from memory among all reads; 1 while there are none.</summary>
    public double CacheHitRatio
    {
        get
        {
            var hits = CacheHits.Total();
            var all = hits + CacheMisses.Total();
            return all == 0 ? 1 : Ratio(hits, all);
        }
    }

    public void RequestDone(double seconds, int status)
    {
        Requests.Add(1);
        Latency.Add(seconds);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            FailedRequests.Add(1);
        }
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
