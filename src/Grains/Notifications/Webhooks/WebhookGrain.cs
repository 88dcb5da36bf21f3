using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Notifications.Webhooks;

[GrainType("webhook")]
public sealed class WebhookGrain : EventSourcedGrain<Webhook, WebhookEvent>, IWebhookGrain
{
    private const int MaxListed = 100;

    private static readonly Aggregate<Webhook, WebhookEvent> Definition = new()
    {
        Initial = Webhook.None,
        Evolve = WebhookFold.Evolve,
        NextDue = static webhook => webhook.Queue.NextDue,
        EventJson = WebhookJson.Default.WebhookEvent,
        StateJson = WebhookJson.Default.Webhook,
    };

    private readonly WebhookOptions _options;
    private readonly WebhookAttempts _attempts;

    public WebhookGrain(
        IGrainContext context,
        DurableServices services,
        IWebhookSender sender,
        IErasableKeys keys,
        IOptions<WebhookOptions> options
    )
        : base(context, services, Definition)
    {
        _options = options.Value;
        _attempts = new WebhookAttempts(sender, keys, services.Time);
    }

    public ValueTask<Outcome<WebhookView>> Get() => new(View());

    public async Task<Outcome<WebhookConfigured>> Configure(ConfigureWebhook command)
    {
        // First the rules, so that a refused command takes no place.
        if (WebhookRules.Decide(Current, command, Now, _options.AllowInsecure).Refusal is { } refusal)
        {
            return refusal;
        }
        if ((await Catalog.Reserve(Key)).Refusal is { } full)
        {
            return full;
        }
        var before = Current.Settings;
        return await Apply(
            WebhookRules.Decide(Current, command, Now, _options.AllowInsecure),
            () =>
                View()
                    .Map(view => new WebhookConfigured(view, before is null, before is null && command.Secret is null))
        );
    }

    public Task Remove(Actor actor) => Commit(new WebhookRemoved(Now, actor));

    public async Task Receive(Delivery delivery, WebhookMessage message)
    {
        if (!Current.Wants(message.EventType))
        {
            return;
        }
        DeliveryQueued? queued = null;
        await CommitOnce(delivery, () => queued = WebhookRules.Queue(Current, message, Now));
        if (queued is { StartedUntil: not null })
        {
            Try(queued.Number);
        }
    }

    public Task<Outcome<WebhookDeliveryView>> Test() =>
        Apply(WebhookRules.DecideTest(Current, Key, Now), (queued, _) => Begin(queued.Number));

    public Task<Outcome<WebhookDeliveryView>> Redeliver(Actor actor, long deliveryId) =>
        Apply(WebhookRules.DecideRedelivery(Current, actor, deliveryId, Now), () => Begin(deliveryId));

    public Task<Outcome<WebhookDeliveries>> Deliveries() =>
        Task.FromResult<Outcome<WebhookDeliveries>>(
            Durable.Settings is null
                ? WebhookRefusals.WebhookNotFound
                : new WebhookDeliveries(WebhookFold.Newest(Durable, MaxListed))
        );

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _attempts.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var events = WebhookRules.DecideDue(Current, now);
        await Commit(events.AsSpan());
        TryStarted(events);
    }

    protected override IReadOnlyList<Effect> EffectsOf(WebhookEvent @event, long version) =>
        @event switch
        {
            WebhookSet set => [Tell((catalog, delivery) => catalog.SetEventTypes(delivery, Key, set.EventTypes))],
            WebhookGone => [Tell((catalog, delivery) => catalog.SetEventTypes(delivery, Key, []))],
            WebhookRemoved => [Tell((catalog, delivery) => catalog.Release(delivery, Key))],
            _ => [],
        };

    private IWebhookCatalogGrain Catalog => GrainFactory.GetGrain<IWebhookCatalogGrain>(IWebhookCatalogGrain.Key);

    private static Effect Tell(Func<IWebhookCatalogGrain, Delivery, Task> send) =>
        Effect.To(IWebhookCatalogGrain.Key, send);

    private Outcome<WebhookDeliveryView> Begin(long number)
    {
        // Gone again when the subscription was removed meanwhile.
        if (Durable.Queue.Find(number) is not { } delivery)
        {
            return WebhookRefusals.WebhookNotFound;
        }
        Try(number);
        return delivery.View(WebhookDeliveryStatus.Pending);
    }

    private void TryStarted(ImmutableArray<WebhookEvent> events)
    {
        foreach (var number in events.OfType<AttemptsStarted>().SelectMany(static started => started.Numbers))
        {
            Try(number);
        }
    }

    /// <summary>Begins the request of a try that is durably under way; nobody waits for it.</summary>
    private void Try(long number)
    {
        var webhook = Durable;
        if (webhook is { Settings: { } settings } && webhook.Queue.Find(number) is { UnderWay: true } delivery)
        {
            _attempts.Begin(settings, delivery, answer => SettleAsync(number, delivery.Attempts, answer));
        }
    }

    private async Task SettleAsync(long number, int attempt, WebhookAnswer answer)
    {
        var events = WebhookRules.DecideAnswer(Current, number, attempt, answer, Now);
        await Commit(events.AsSpan());
        TryStarted(events);
    }

    private Outcome<WebhookView> View()
    {
        var webhook = Durable;
        return webhook.Settings is { } settings
            ? new WebhookView(
                Key,
                settings.Url,
                settings.EventTypes,
                settings.Disabled ? WebhookStatus.Disabled : WebhookStatus.Active,
                settings.CreatedAt,
                settings.UpdatedAt,
                webhook.Queue.Count,
                webhook.DeliveredCount,
                webhook.DeadCount
            )
            : WebhookRefusals.WebhookNotFound;
    }
}
