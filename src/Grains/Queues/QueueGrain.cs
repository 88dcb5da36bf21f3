using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Sealing;

namespace Actors.Grains.Queues;

/// <summary>What one model has still to perform, and the only one that decides how each of it ends.</summary>
[GrainType("queue")]
public sealed class QueueGrain(
    IGrainContext context,
    DurableServices services,
    QueueOptions options,
    WebhookInterest interest,
    IErasableKeys keys
) : EventSourcedGrain<PerformanceQueue, QueueEvent>(context, services, Definition), IQueueGrain
{
    private static readonly Aggregate<PerformanceQueue, QueueEvent> Definition = new()
    {
        Initial = PerformanceQueue.Empty,
        Evolve = QueueRules.Evolve,
        NextDue = static queue => queue.NextTimeout,
        EventJson = QueueJson.Default.QueueEvent,
        StateJson = QueueJson.Default.PerformanceQueue,
        Schema = 3,
    };

    private readonly Reservations _reservations = new();
    private readonly QueueMetrics _metrics = new();
    private bool _isRegistered;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _metrics.Holds(Durable);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await base.OnDeactivateAsync(reason, cancellationToken);
        _metrics.Leave();
    }

    public ValueTask<Outcome<QueuePlace>> Reserve(string itemId, string userId)
    {
        var now = Now;
        var queue = QueueRules.At(Current, now);
        var reserved = _reservations.Outstanding(now);
        if (QueueRules.RefusePlace(queue, userId, reserved, options, now) is { } refusal)
        {
            return new(refusal);
        }
        var own = _reservations.Next(itemId, userId, queue.LastTicket, now);
        var place = QueueViews.Place(queue, reserved, own, now, options);
        _reservations.Add(own);
        return new(place);
    }

    public ValueTask Release(long ticket)
    {
        _reservations.Remove(ticket);
        return default;
    }

    public async Task Enqueue(Delivery delivery, QueuedPurchase purchase)
    {
        // The entry counts in its stead from here on.
        _reservations.Remove(purchase.Ticket);
        await CommitOnce(delivery, () => QueueRules.Decide(purchase, Now, options));
        _metrics.Holds(Durable);
    }

    public ValueTask<QueueView> View(string? userId) => new(QueueViews.Of(Key, Durable, userId, Now, options));

    public ValueTask<QueueEntry?> Find(PurchaseId purchaseId) =>
        new(QueueViews.Entry(Durable, purchaseId, Now, options));

    public async Task<Outcome<QueueEntry>> Start(StartEntry command)
    {
        var now = Now;
        var decision = QueueRules.Decide(Current, command, now);
        if (decision.Refusal is not null)
        {
            return await RefuseAsync(decision.Refusal, command.PurchaseId, static _ => true);
        }
        var committed = decision.Value is { } started ? Commit(Tellable(started)) : WhenDurable();
        // Kept for the answer: by the time that it is durable, the entry may have ended.
        var decided = Current;
        await committed;
        return QueueViews.Entry(decided, command.PurchaseId, now, options)!;
    }

    public async Task<Outcome<FinishedEntry>> Complete(CompleteEntry command) =>
        EndOfEntry.From(command) is { Refusal: null, Value: { } end }
            ? await EndAsync(end)
            : QueueRefusals.InvalidDeliverPercent;

    public async Task<Outcome<FinishedEntry>> Reject(RejectEntry command) =>
        EndOfEntry.From(command) is { Refusal: null, Value: { } end }
            ? await EndAsync(end)
            : LedgerRefusals.InvalidReason;

    public Task<Outcome<FinishedEntry>> Cancel(CancelEntry command) => EndAsync(EndOfEntry.From(command));

    public Task<Outcome<QueueView>> Pause(Actor actor) => SetPausedAsync(true, actor);

    public Task<Outcome<QueueView>> Resume(Actor actor) => SetPausedAsync(false, actor);

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (QueueRules.DecideTimeouts(Current, now) is { IsEmpty: false } timeouts)
        {
            await Commit([.. timeouts.Select(Tellable)]);
            _metrics.Holds(Durable);
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(QueueEvent @event, long version) =>
        QueueEffects.Of(Key, @event, version);

    private async Task<Outcome<FinishedEntry>> EndAsync(EndOfEntry end)
    {
        var words =
            end.Reason is not null && Current.Find(end.PurchaseId) is { } entry
                ? await keys.OpenOfAsync(entry.UserId)
                : null;
        if (Current.Keys.TryGet(end.Fingerprint, out var version))
        {
            var earlier = await EndAtAsync(version);
            if (end.HasKeyOf(earlier))
            {
                return end.HasContentOf(earlier) ? QueueRules.Finished(earlier) : LedgerRefusals.IdempotencyKeyReused;
            }
        }
        var decision = QueueRules.Decide(Current, end, Now);
        if (decision.Refusal is not null)
        {
            return await RefuseAsync(decision.Refusal, end.PurchaseId, end.Concerns);
        }
        // What is said to the buyer is sealed with the buyer's key, here and wherever it is passed on.
        await Commit(Tellable(decision.Value! with { Reason = words?.SealWords(end.Reason) }));
        _metrics.Holds(Durable);
        return QueueRules.Finished(decision.Value!);
    }

    private TEvent Tellable<TEvent>(TEvent @event)
        where TEvent : QueueEvent => interest.Mark(@event, QueueNews.TypeOf(@event));

    /// <summary>Tells what was there from what never was, but only to whom it concerns.</summary>
    private async Task<Refusal> RefuseAsync(Refusal refusal, PurchaseId id, Func<QueuedEntry, bool> concerns)
    {
        if (refusal.Code != QueueRefusals.EntryNotFoundCode || !Current.HasFinished(id, out var version))
        {
            return refusal;
        }
        var entry = (await EndAtAsync(version)).Entry;
        return entry.PurchaseId == id && concerns(entry) ? QueueRefusals.EntryFinished : refusal;
    }

    private async Task<EntryEnded> EndAtAsync(long version)
    {
        await WhenDurable();
        var ended = (EntryEnded)await ReadAsync(version);
        return ended with { Reason = await keys.OpenWordsOfAsync(ended.Entry.UserId, ended.Reason) };
    }

    private async Task<Outcome<QueueView>> SetPausedAsync(bool paused, Actor actor)
    {
        if (!_isRegistered && (await GrainFactory.GetGrain<IModelProfileGrain>(Key).Get()).Refusal is { } refusal)
        {
            return refusal;
        }
        _isRegistered = true;
        await (
            QueueRules.DecidePaused(Current, paused, actor, Now) is { } @event
                ? Commit(Tellable(@event))
                : WhenDurable()
        );
        return QueueViews.Of(Key, Durable, null, Now, options);
    }
}
