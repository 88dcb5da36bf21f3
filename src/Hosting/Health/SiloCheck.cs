using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether the silo of this process is a member of its cluster. One that others have declared dead ends soon.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(
            silo.CurrentStatus switch
            {
                SiloStatus.Active => HealthCheckResult.Healthy("The silo is active."),
                var status => HealthCheckResult.Unhealthy($"The silo is not active: {status}."),
            }
        );
}
