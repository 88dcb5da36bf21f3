using Actors.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether the journal of this machine can still be written.</summary>
internal sealed class JournalCheck(FileJournal journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(
            journal.IsFenced
                ? HealthCheckResult.Unhealthy("A write or sync failed; the process ends to read what is there.")
                : HealthCheckResult.Healthy("The journal is writable.")
        );
}
