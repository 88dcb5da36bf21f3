using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Queues;

/// <summary>A purchase that is not finished.</summary>
/// <param name="StartedAt">Null while it waits.</param>
public sealed record QueuedEntry(
    PurchaseId PurchaseId,
    string UserId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    long Ticket,
    DateTimeOffset QueuedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? StartedAt = null
)
{
    /// <summary>Whether it is served before another one: what has been started first, then by ticket.</summary>
    public bool IsBefore(QueuedEntry other) =>
        (StartedAt, other.StartedAt) switch
        {
            ({ } mine, { } others) => mine < others,
            (null, null) => Ticket < other.Ticket,
            _ => StartedAt is not null,
        };
}
