namespace Actors.Hosting.Health;

internal enum HealthStatus
{
    Healthy,
    Degraded,
    Unhealthy,
}

/// <param name="Detail">One sentence without internals; the endpoint is public.</param>
internal readonly record struct HealthFinding(HealthStatus Status, string Detail);

/// <summary>Looks at one thing that the product depends on.</summary>
internal interface IHealthCheck
{
    string Name { get; }

    /// <summary>An exception or a late answer means unhealthy.</summary>
    ValueTask<HealthFinding> Check();
}
