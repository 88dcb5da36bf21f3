using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Ledger;
using Actors.Grains.Texts;

namespace Actors.Grains.Queues;

/// <summary>What somebody wants an entry to end by: the content of a command that its idempotency key stands for.</summary>
public sealed record EndOfEntry(
    Actor Actor,
    PurchaseId PurchaseId,
    SettlementKind Kind,
    int DeliverPercent,
    string? Reason,
    IdempotencyKey Key
)
{
    public const int WholePercent = 100;

    public ulong Fingerprint { get; } = FingerprintOf(Actor, Key);

    public static ulong FingerprintOf(Actor actor, IdempotencyKey key) =>
        Ledger.Fingerprint.Of($"{actor.Role}/{actor.Id}", key.Value);

    public static Outcome<EndOfEntry> From(CompleteEntry command) =>
        command.DeliverPercent is < 1 or > WholePercent
            ? QueueRefusals.InvalidDeliverPercent
            : new EndOfEntry(
                command.Actor,
                command.PurchaseId,
                SettlementKind.Delivered,
                command.DeliverPercent,
                null,
                command.Key
            );

    public static Outcome<EndOfEntry> From(RejectEntry command)
    {
        var reason = PlainText.Read(command.Reason, LedgerRefusals.MaxReasonLength);
        return reason.IsTooLong
            ? LedgerRefusals.InvalidReason
            : new EndOfEntry(command.Actor, command.PurchaseId, SettlementKind.Rejected, 0, reason.Kept, command.Key);
    }

    public static EndOfEntry From(CancelEntry command) =>
        new(command.Actor, command.PurchaseId, SettlementKind.Cancelled, 0, null, command.Key);

    /// <summary>Whether an end was asked for by the same caller with the same key; fingerprints may agree by chance.</summary>
    public bool HasKeyOf(EntryEnded ended) =>
        ended.Key == Key && ended.Actor.Role == Actor.Role && ended.Actor.Id == Actor.Id;

    public bool HasContentOf(EntryEnded ended) =>
        (ended.Entry.PurchaseId, ended.Kind, ended.DeliverPercent) == (PurchaseId, Kind, DeliverPercent)
        && MoneyText.IsSame(ended.Reason, Reason);

    /// <summary>The model and admins may end any entry; a user takes back her or his own, and knows of no other.</summary>
    public bool Concerns(QueuedEntry entry) =>
        entry.PurchaseId == PurchaseId && (Kind != SettlementKind.Cancelled || entry.UserId == Actor.Id);
}
