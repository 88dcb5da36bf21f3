using System.Globalization;
using Actors.Journal;

namespace Actors.Hosting.Health;

/// <summary>Whether the journal of this machine has met damage, has ended writing, or has no room.</summary>
internal sealed class JournalCheck(IJournalCondition journal) : IHealthCheck
{
    public string Name => "journal";

    public ValueTask<HealthFinding> Check() => new(Judge());

    private HealthFinding Judge() =>
        journal switch
        {
            { Damage: [var first, ..] found } => new(HealthStatus.Unhealthy, Describe(first, found.Count)),
            { Fence: not null } => new(
                HealthStatus.Unhealthy,
                "A write or sync failed; the process ends to read what is there."
            ),
            { Full: { } full } => new(
                HealthStatus.Unhealthy,
                $"There is no room since {At(full.Since)}: nothing is written until there is, reads are answered."
            ),
            _ => new(HealthStatus.Healthy, "No damage was met, and there is room."),
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
