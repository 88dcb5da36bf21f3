using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>Balances and queues agree: what is held is queued once, and what the queue has ended is settled once and so.</summary>
internal sealed class HoldOracle(Books books)
{
    public IEnumerable<string> Check()
    {
        foreach (var balance in books.Balances)
        {
            foreach (var queue in books.Queues)
            {
                var held = balance
                    .Events.OfType<ItemHeld>()
                    .Where(e => e.Item.ModelId == queue.Owner)
                    .Select(static e => (e.Id, e.Item.ItemId, e.Item.Name, e.Item.Tokens, e.Ticket, e.At));
                var queued = queue
                    .Events.OfType<EntryQueued>()
                    .Select(static e => e.Entry)
                    .Where(entry => entry.UserId == balance.Owner)
                    .Select(static e => (e.PurchaseId, e.ItemId, e.ItemName, e.Tokens, e.Ticket, e.QueuedAt));
                var ended = queue
                    .Events.OfType<EntryEnded>()
                    .Where(e => e.Entry.UserId == balance.Owner)
                    .Select(e => SettlementOf(e, balance.States[^1]));
                var settled = balance
                    .Events.OfType<HoldSettled>()
                    .Where(e => e.Item.ModelId == queue.Owner)
                    .Select(static e => (e.Id, e.Kind, e.Captured.Count, e.Points, e.Reason, e.StartedAt, e.EndedAt));
                if (!held.SequenceEqual(queued))
                {
                    yield return $"{balance.Stream} holds [{string.Join(", ", held)}], and {queue.Stream} has taken in "
                        + $"[{string.Join(", ", queued)}]";
                }
                if (!ended.SequenceEqual(settled))
                {
                    yield return $"{queue.Stream} has ended [{string.Join(", ", ended)}], and {balance.Stream} has "
                        + $"settled [{string.Join(", ", settled)}]";
                }
            }
            foreach (
                var pending in balance.States[^1].Purchases.Values.Where(static p => p.Status == PurchaseStatus.Pending)
            )
            {
                yield return $"{balance.Stream} still holds {pending}";
            }
        }
    }

    private static (PurchaseId, SettlementKind, long, long, string?, DateTimeOffset?, DateTimeOffset) SettlementOf(
        EntryEnded e,
        ExpectedBalance balance
    )
    {
        var points = balance.Purchases.GetValueOrDefault(e.Entry.PurchaseId.Version)?.Item.Points ?? 0;
        return (
            e.Entry.PurchaseId,
            e.Kind,
            QueueOracle.CapturedOf(e),
            points * e.DeliverPercent / 100,
            e.Reason,
            e.Entry.StartedAt,
            e.At
        );
    }
}
