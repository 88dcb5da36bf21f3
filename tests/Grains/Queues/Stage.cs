using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;
using Actors.TestKit;

namespace Actors.Grains.Tests.Queues;

/// <summary>
/// One model's queue, with purchases that come as from buyers' accounts. The accounts know nothing of them: what a
/// settlement does to tokens is tested with purchases.
/// </summary>
internal sealed class Stage(IGrainEngine engine, string modelId)
{
    private long _purchases;

    public IQueueGrain Queue => engine.Grains.GetGrain<IQueueGrain>(modelId);

    public Actor Model { get; } = new(ActorRole.Model, modelId);

    public static Actor User(string id) => new(ActorRole.User, id);

    public async Task<long> ReserveAsync(string item = "wave", string user = "ana")
    {
        var place = await Queue.Reserve(item, user);
        Assert.Null(place.Refusal);
        return place.Value!.Ticket;
    }

    public async Task<PurchaseId> EnterAsync(
        string user = "ana",
        string item = "wave",
        long tokens = 100,
        long? ticket = null,
        TimeSpan age = default
    )
    {
        var number = Interlocked.Increment(ref _purchases);
        var purchase = new QueuedPurchase(
            PurchaseId.Of(1, number),
            user,
            item,
            $"{item} {number}",
            Tokens.Of(tokens),
            ticket ?? await ReserveAsync(item, user),
            engine.Time.GetUtcNow() - age
        );
        // Under a name of its own, so that no account is waited for.
        await Queue.Enqueue(new Delivery($"buyer/{modelId}/{number}", 1), purchase);
        return purchase.PurchaseId;
    }

    public async Task<PurchaseId> EnterStartedAsync(string user = "ana", string item = "wave", long tokens = 100)
    {
        var id = await EnterAsync(user, item, tokens);
        Assert.Null((await StartAsync(id)).Refusal);
        return id;
    }

    public Task<Outcome<QueueEntry>> StartAsync(PurchaseId id) => Queue.Start(new StartEntry(Model, id));

    public Task<Outcome<FinishedEntry>> CompleteAsync(PurchaseId id, string key = "complete", int percent = 100) =>
        Queue.Complete(new CompleteEntry(Model, id, percent, IdempotencyKey.Parse(key)));

    public Task<Outcome<FinishedEntry>> RejectAsync(PurchaseId id, string key = "reject", string? reason = null) =>
        Queue.Reject(new RejectEntry(Model, id, reason, IdempotencyKey.Parse(key)));

    public Task<Outcome<FinishedEntry>> CancelAsync(PurchaseId id, string user = "ana", string key = "cancel") =>
        Queue.Cancel(new CancelEntry(User(user), id, IdempotencyKey.Parse(key)));

    /// <summary>The purchases in the order in which they are served; their positions are checked on the way.</summary>
    public async Task<IReadOnlyList<PurchaseId>> OrderAsync()
    {
        var view = await Queue.View(null);
        Assert.Equal(Enumerable.Range(1, view.Length), view.Entries.Select(static entry => entry.Position));
        return [.. view.Entries.Select(static entry => entry.PurchaseId)];
    }

    public Task<NotificationPage> EventuallyToldAsync(string personId, string kind) =>
        engine.EventuallyAsync(
            () => engine.Grains.GetGrain<INotificationInboxGrain>(personId).List(100, 0),
            page => page.Notifications.Any(told => told.Kind == kind)
        );
}
