using System.Globalization;
using Actors.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Actors.Hosting.Health;

/// <summary>Whether the journal of this machine has met damage, has ended writing, or has no room.</summary>
internal sealed class JournalCheck(IJournalCondition journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Judge());

    private HealthCheckResult Judge() =>
        journal switch
        {
            { Damage: [var first, ..] found } => HealthCheckResult.Unhealthy(Describe(first, found.Count)),
            { Fence: not null } => HealthCheckResult.Unhealthy(
                "A write or sync failed; the process ends to read what is there."
            ),
            { Full: { } full } => HealthCheckResult.Unhealthy(
                $"There is no room since {At(full.Since)}: nothing is written until there is, reads are answered."
            ),
            _ => HealthCheckResult.Healthy("No damage was met, and there is room."),
        };

    // The endpoint is public: the category says which feature, the whole stream would say which person.
    private static string Describe(JournalDamage first, int places)
    {
        var file = Path.Combine(
            Path.GetFileName(Path.GetDirectoryName(first.Path)) ?? "",
            Path.GetFileName(first.Path)
        );
        return $"A record of '{first.Stream.Category}' in {file} is damaged at byte {first.Offset}, found {At(first.FoundAt)}"
            + $"{(places > 1 ? $", and {places - 1} more" : "")}; 'journal verify' tells more.";
    }

    private static string At(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);
}
