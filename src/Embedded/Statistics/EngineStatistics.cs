using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>What the engine does, for operators. Reading is not free, and never disturbs calls.</summary>
public sealed class EngineStatistics
{
    private readonly EmbeddedEngine _engine;
    private readonly Dictionary<(GrainClass, string, string), MethodMeter> _meters = [];

    internal EngineStatistics(EmbeddedEngine engine) => _engine = engine;

    public int ActivationCount => _engine.ActivationCount;

    /// <summary>Calls that somebody waits for, in a grain or outside.</summary>
    public int PendingCalls => _engine.Pending.Count;

    /// <summary>No call is under way and no grain has anything to do, until somebody calls or time passes.</summary>
    public bool IsQuiet => PendingCalls == 0 && _engine.Catalog.Classes.All(x => x.Activations.All(y => y.IsIdle));

    public int ReminderCount => _engine.Reminders.Count;

    /// <summary>Activations by the full name of their class.</summary>
    public IReadOnlyDictionary<string, int> ReadActivations() =>
        _engine
            .Catalog.Classes.Select(x => (Name: x.ClassType.FullName!, Count: x.Activations.Count()))
            .Where(x => x.Count > 0)
            .ToDictionary(x => x.Name, x => x.Count);

    /// <summary>Every method that was called, ordered by name.</summary>
    public IReadOnlyList<MethodStatistics> ReadMethods()
    {
        MethodMeter[] meters;
        lock (_meters)
        {
            meters = [.. _meters.Values];
        }
        return
        [
            .. meters
                .Select(x => x.Read())
                .Where(x => x.Calls > 0)
                .OrderBy(x => x.GrainType, StringComparer.Ordinal)
                .ThenBy(x => x.MethodName, StringComparer.Ordinal),
        ];
    }

    internal MethodMeter MeterOf(GrainClass grainClass, GrainMethod method)
    {
        lock (_meters)
        {
            var key = (grainClass, method.InterfaceName, method.Name);
            if (!_meters.TryGetValue(key, out var meter))
            {
                _meters.Add(key, meter = new MethodMeter(_engine, grainClass, method));
            }
            return meter;
        }
    }
}

/// <summary>The calls of one method of one grain class since the start. Latency is what the caller saw, waiting included.</summary>
public sealed record MethodStatistics
{
    public required string GrainType { get; init; }

    public required string InterfaceName { get; init; }

    public required string MethodName { get; init; }

    public required long Calls { get; init; }

    public required long Errors { get; init; }

    public required TimeSpan TotalTime { get; init; }

    public required TimeSpan MaxTime { get; init; }

    /// <summary>Calls by latency, quickest first; empty buckets are left out.</summary>
    public required IReadOnlyList<LatencyBucket> Histogram { get; init; }

    public TimeSpan MeanTime => Calls == 0 ? TimeSpan.Zero : TotalTime / Calls;

    /// <summary>The latency that this share of the calls (0 to 1) did not exceed, to within a quarter of its size.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Calls);
        foreach (var bucket in Histogram)
        {
            rank -= bucket.Calls;
            if (rank <= 0)
            {
                return bucket.UpTo < MaxTime ? bucket.UpTo : MaxTime;
            }
        }
        return MaxTime;
    }
}

/// <summary>How many calls took up to this long, and longer than the bucket before.</summary>
public readonly record struct LatencyBucket(TimeSpan UpTo, long Calls);
