namespace Actors.Bench.Load;

/// <summary>The figures of one run, whichever client made it.</summary>
internal sealed record LoadRun(
    double PerSecond,
    TimeSpan P50,
    TimeSpan P95,
    TimeSpan P99,
    double HostMicroseconds,
    double ClientMicroseconds,
    long Faults
);
