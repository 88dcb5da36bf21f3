using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Purchases;

namespace Actors.Grains.Queues;

/// <summary>Everything that is decided about a queue. Pure: knows no grain, no clock, no storage.</summary>
public static class QueueRules
{
    /// <summary>Always taken in: the tokens are held already, and only the queue can let go of them.</summary>
    public static EntryQueued Decide(QueuedPurchase purchase, DateTimeOffset now, QueueOptions options) =>
        new(
            now,
            new QueuedEntry(
                purchase.PurchaseId,
                purchase.UserId,
                purchase.ItemId,
                purchase.ItemName,
                purchase.Tokens,
                purchase.Ticket,
                purchase.At,
                purchase.At + options.EntryTimeout
            )
        );

    /// <summary>Null when it has been started already.</summary>
    public static Outcome<EntryStarted?> Decide(PerformanceQueue queue, StartEntry command, DateTimeOffset now) =>
        queue.Find(command.PurchaseId) is not { } entry ? QueueRefusals.EntryNotFound
        : entry.ExpiresAt <= now ? QueueRefusals.EntryFinished
        : entry.StartedAt is not null ? (EntryStarted?)null
        : new EntryStarted(now, entry with { StartedAt = now }, command.Actor);

    public static Outcome<EntryEnded> Decide(PerformanceQueue queue, EndOfEntry end, DateTimeOffset now)
    {
        if (queue.Find(end.PurchaseId) is not { } entry || !end.Concerns(entry))
        {
            return QueueRefusals.EntryNotFound;
        }
        // Its time is over, whether or not that has been written down yet.
        if (entry.ExpiresAt <= now)
        {
            return QueueRefusals.EntryFinished;
        }
        return (end.Kind, entry.StartedAt) switch
        {
            (SettlementKind.Delivered, null) => QueueRefusals.EntryNotStarted,
            (SettlementKind.Cancelled, not null) => QueueRefusals.EntryStarted,
            _ => new EntryEnded(now, entry, end.Kind, end.DeliverPercent, end.Reason, end.Actor, end.Key),
        };
    }

    /// <summary>The entries whose time is over.</summary>
    public static ImmutableArray<QueueEvent> DecideTimeouts(PerformanceQueue queue, DateTimeOffset now) =>
        [
            .. from entry in queue.Entries
            where entry.ExpiresAt <= now
            select new EntryEnded(now, entry, SettlementKind.TimedOut, 0, null, Actor.System, null),
        ];

    /// <summary>Null when it is so already.</summary>
    public static QueueEvent? DecidePaused(PerformanceQueue queue, bool paused, Actor actor, DateTimeOffset now) =>
        queue.Paused == paused ? null
        : paused ? new QueuePaused(now, actor)
        : new QueueResumed(now, actor);

    /// <summary>Null when there is a place.</summary>
    public static Refusal? RefusePlace(
        PerformanceQueue queue,
        string userId,
        IReadOnlyCollection<Reservation> reserved,
        QueueOptions options,
        DateTimeOffset now
    )
    {
        var own =
            queue.Entries.Count(entry => entry.UserId == userId) + reserved.Count(place => place.UserId == userId);
        var cancelled = queue.Cancels.Where(cancel => cancel.UserId == userId && cancel.CountsAt(now)).ToArray();
        return queue.Paused ? QueueRefusals.QueuePaused
            : queue.Entries.Length + reserved.Count >= options.MaxLength ? QueueRefusals.QueueFull
            : own >= options.MaxPerBuyer ? QueueRefusals.BuyerLimit(options.MaxPerBuyer)
            : cancelled.Length >= options.CancelsPerBuyer
                ? QueueRefusals.CoolDown(cancelled[^options.CancelsPerBuyer].CountsUntil)
            : null;
    }

    public static PerformanceQueue Evolve(PerformanceQueue queue, QueueEvent @event)
    {
        var next = queue with { Version = queue.Version + 1, Clock = queue.Clock.With(@event.At) };
        return @event switch
        {
            EntryQueued queued => next.With(queued.Entry) with
            {
                LastTicket = Math.Max(queue.LastTicket, queued.Entry.Ticket),
            },
            EntryStarted started => next.Without(started.Entry.PurchaseId).With(started.Entry),
            EntryEnded ended => Remember(Learn(next.Without(ended.Entry.PurchaseId), ended), ended),
            QueuePaused => next with { Paused = true },
            QueueResumed => next with { Paused = false },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    /// <summary>The queue as it is at a moment, also before a timeout has been written down.</summary>
    public static PerformanceQueue At(PerformanceQueue queue, DateTimeOffset now) =>
        queue.NextTimeout <= now
            ? queue with
            {
                Entries = queue.Entries.RemoveAll(entry => entry.ExpiresAt <= now),
            }
            : queue;

    public static FinishedEntry Finished(EntryEnded ended)
    {
        var captured = PurchaseRules.CapturedOf(ended.Entry.Tokens, ended.DeliverPercent);
        return new FinishedEntry(
            ended.Entry.PurchaseId,
            ended.Kind,
            ended.DeliverPercent,
            captured,
            ended.Entry.Tokens - captured,
            ended.Entry.StartedAt,
            ended.At
        );
    }

    private static PerformanceQueue Remember(PerformanceQueue queue, EntryEnded ended)
    {
        var lived = queue.Clock.Lived;
        var before = lived - IdempotencyKey.KeptFor;
        var (keys, finished) = (queue.Keys.ForgetBefore(before), queue.Finished.ForgetBefore(before));
        return queue with
        {
            Keys = ended.Key is { } key
                ? keys.With(EndOfEntry.FingerprintOf(ended.Actor, key), queue.Version, lived)
                : keys,
            Cancels = BuyerCancel.With(queue.Cancels, ended),
            Finished = finished.With(PerformanceQueue.FingerprintOf(ended.Entry.PurchaseId), queue.Version, lived),
        };
    }

    /// <summary>A part says nothing about how long the whole takes.</summary>
    private static PerformanceQueue Learn(PerformanceQueue queue, EntryEnded ended) =>
        ended is { DeliverPercent: EndOfEntry.WholePercent, Entry.StartedAt: { } startedAt } && ended.At > startedAt
            ? queue with
            {
                Learned = queue.Learned.With(ended.Entry.ItemId, ended.At - startedAt, queue.Version),
            }
            : queue;
}
