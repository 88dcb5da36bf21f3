namespace Actors.Simulation.Tests.Worlds;

/// <summary>What came of one seed.</summary>
internal sealed record SeedResult(
    ulong Seed,
    long Steps,
    TimeSpan Simulated,
    ulong TraceHash,
    int Starts,
    int Operations,
    int Acknowledged,
    IReadOnlyDictionary<FaultKind, int> Faults,
    IReadOnlyList<string> Violations
);
