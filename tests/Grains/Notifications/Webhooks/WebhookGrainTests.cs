using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2")]
public sealed class WebhookGrainTests : IAsyncLifetime
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Another = "whsec_YW5vdGhlci1zZWNyZXQtb2YtbWluZS0wMTIzNDU2Nzg=";
    private const string Body = """{"eventType":"mood_changed"}""";

    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly ScriptedSender _sender = new();
    private SimulatedGrainEngine _engine = null!;

    private IWebhookGrain Crm => _engine.Grains.GetGrain<IWebhookGrain>("crm");

    private IWebhookCatalogGrain Catalog => _engine.Grains.GetGrain<IWebhookCatalogGrain>(IWebhookCatalogGrain.Key);

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IWebhookSender>(_sender) }
        );
        await Crm.Configure(Command());
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_event_is_sent_once_with_its_id_and_signature_however_often_it_arrives()
    {
        var before = WebhookSignature.Timestamp(_engine.Time.GetUtcNow());
        await ReceiveAsync(1);
        await ReceiveAsync(1);
        await _engine.CrashAsync();
        await ReceiveAsync(1);

        await DeliveredAsync(1);
        var request = Assert.Single(_sender.Requests);
        Assert.Equal(("https://hooks.example/a", "mood-ana-1", Body), (request.Url, request.EventId, request.Body));
        Assert.Equal(WebhookSignature.Compute(Secret, request.EventId, request.Timestamp, Body), request.Signature);
        Assert.InRange(request.Timestamp, before, WebhookSignature.Timestamp(_engine.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_failed_try_is_repeated_after_its_wait_with_the_same_id_through_a_crash()
    {
        _sender.Answer = static _ => ScriptedSender.Status(500);
        await ReceiveAsync(1);
        var waiting = await DeliveryAsync(static delivery => delivery is { Attempts: 1, StatusCode: 500 });

        await _engine.CrashAsync();
        _sender.Answer = static _ => ScriptedSender.Status(200);
        await _engine.AdvanceAsync(waiting.NextAttemptAt!.Value - _engine.Time.GetUtcNow());

        // Nobody calls the webhook: it is found again by itself.
        await _engine.EventuallyAsync(() => _sender.Requests.Count == 2);
        await DeliveredAsync(1);
        Assert.Equal(["mood-ana-1", "mood-ana-1"], _sender.Requests.Select(static request => request.EventId));
        Assert.NotEqual(_sender.Requests[0].Timestamp, _sender.Requests[1].Timestamp);
    }

    [Fact]
    public async Task A_try_that_a_crash_cuts_off_is_made_again()
    {
        _sender.Answer = static _ => new TaskCompletionSource<WebhookAnswer>().Task;
        await ReceiveAsync(1);
        await _engine.EventuallyAsync(() => _sender.Requests.Count == 1);

        await _engine.CrashAsync();
        _sender.Answer = static _ => ScriptedSender.Status(200);
        await _engine.AdvanceAsync(WebhookRules.LostAfter);

        await _engine.EventuallyAsync(() => _sender.Requests.Count == 2);
        await DeliveredAsync(1);
    }

    [Fact]
    public async Task At_most_eight_requests_are_under_way_and_none_holds_the_grain_up()
    {
        var answers = new TaskCompletionSource<WebhookAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Answer = _ => answers.Task;
        for (var number = 1; number <= 20; number++)
        {
            await ReceiveAsync(number);
        }

        Assert.Equal(20, (await Crm.Get()).Value!.Pending);
        Assert.Equal(8, _sender.Requests.Count);
        answers.SetResult(new WebhookAnswer(204));

        await DeliveredAsync(20);
        Assert.Equal(20, _sender.Requests.Select(static request => request.EventId).Distinct().Count());
    }

    [Fact]
    public async Task After_eight_failures_a_delivery_is_dead_and_can_be_delivered_again()
    {
        _sender.Answer = static _ => ScriptedSender.Status(503);
        await ReceiveAsync(1);
        for (var attempt = 1; attempt < RetrySchedule.MaxAttempts; attempt++)
        {
            var waiting = await DeliveryAsync(d => d.Attempts == attempt && d.NextAttemptAt is not null);
            await _engine.AdvanceAsync(waiting.NextAttemptAt!.Value - _engine.Time.GetUtcNow());
        }
        var dead = await DeliveryAsync(static delivery => delivery.Status == WebhookDeliveryStatus.Dead);
        Assert.Equal((8, 503, "The app answered 503."), (dead.Attempts, dead.StatusCode, dead.LastError));
        Assert.Equal((0, 1), ((await Crm.Get()).Value!.Pending, (await Crm.Get()).Value!.DeadLettered));
        await _engine.CrashAsync();

        _sender.Answer = static _ => ScriptedSender.Status(200);
        var again = await Crm.Redeliver(Root, dead.DeliveryId);

        Assert.Equal(WebhookDeliveryStatus.Pending, again.Value!.Status);
        await DeliveredAsync(1);
        Assert.Equal((9, "mood-ana-1"), (_sender.Requests.Count, _sender.Requests[^1].EventId));
        Assert.Equal(WebhookRefusals.DeliveryNotFound, (await Crm.Redeliver(Root, dead.DeliveryId)).Refusal);
    }

    [Fact]
    public async Task After_a_410_nothing_is_sent_until_the_webhook_is_configured_again()
    {
        _sender.Answer = static _ => ScriptedSender.Status(410);
        await ReceiveAsync(1);
        await _engine.EventuallyAsync(async () => (await Crm.Get()).Value!.Status == WebhookStatus.Disabled);

        await ReceiveAsync(2);
        Assert.Equal(WebhookRefusals.WebhookDisabled, (await Crm.Test()).Refusal);
        Assert.Equal(WebhookStatus.Disabled, (await Catalog.List()).Webhooks.Single().Status);
        Assert.Single(_sender.Requests);

        _sender.Answer = static _ => ScriptedSender.Status(200);
        await Crm.Configure(Command());
        await ReceiveAsync(3);
        await DeliveredAsync(1);
        Assert.Equal("mood-ana-3", _sender.Requests[^1].EventId);
    }

    [Fact]
    public async Task A_retry_is_signed_with_the_secret_of_its_time_and_for_a_day_with_the_one_before()
    {
        _sender.Answer = static _ => ScriptedSender.Status(500);
        await ReceiveAsync(1);
        var waiting = await DeliveryAsync(static delivery => delivery.NextAttemptAt is not null);

        await Crm.Configure(Command() with { Secret = Another });
        await _engine.AdvanceAsync(waiting.NextAttemptAt!.Value - _engine.Time.GetUtcNow());

        await _engine.EventuallyAsync(() => _sender.Requests.Count == 2);
        var retry = _sender.Requests[1];
        Assert.Equal(
            [
                WebhookSignature.Compute(Another, retry.EventId, retry.Timestamp, Body),
                WebhookSignature.Compute(Secret, retry.EventId, retry.Timestamp, Body),
            ],
            retry.Signature.Split(' ')
        );
    }

    [Fact]
    public async Task A_test_event_is_delivered_although_nobody_subscribes_to_it()
    {
        var queued = (await Crm.Test()).Value!;

        await DeliveredAsync(1);
        Assert.Equal((WebhookEventTypes.Test, "test-crm-1"), (queued.EventType, queued.EventId));
        Assert.StartsWith("""{"eventType":"test",""", Assert.Single(_sender.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_webhook_sends_nothing_more_and_its_place_is_free()
    {
        _sender.Answer = static _ => ScriptedSender.Status(500);
        await ReceiveAsync(1);
        await DeliveryAsync(static delivery => delivery.NextAttemptAt is not null);

        await Crm.Remove(Root);
        await _engine.AdvanceAsync(TimeSpan.FromDays(2));
        await ReceiveAsync(2);

        Assert.Equal(WebhookRefusals.WebhookNotFound, (await Crm.Get()).Refusal);
        Assert.Equal(WebhookRefusals.WebhookNotFound, (await Crm.Deliveries()).Refusal);
        Assert.Empty((await Catalog.List()).Webhooks);
        Assert.Single(_sender.Requests);
        Assert.True((await Crm.Configure(Command())).Value!.Created);
    }

    [Fact]
    public async Task The_hundred_and_first_webhook_is_refused_until_one_is_removed()
    {
        for (var number = 2; number <= IWebhookCatalogGrain.MaxWebhooks; number++)
        {
            await _engine.Grains.GetGrain<IWebhookGrain>($"hook-{number}").Configure(Command());
        }
        var late = _engine.Grains.GetGrain<IWebhookGrain>("late");

        Assert.Equal(WebhookRefusals.TooManyWebhooks, (await late.Configure(Command())).Refusal);
        Assert.NotNull((await Crm.Configure(Command("https://hooks.example/b"))).Value);
        await Crm.Remove(Root);

        await _engine.EventuallyAsync(async () => (await late.Configure(Command())).Refusal is null);
        Assert.Equal(IWebhookCatalogGrain.MaxWebhooks, (await Catalog.List()).Webhooks.Count);
    }

    [Fact]
    public async Task A_refused_command_changes_nothing_and_takes_no_place()
    {
        var other = _engine.Grains.GetGrain<IWebhookGrain>("other");

        Assert.Equal(WebhookRefusals.InvalidUrl, (await other.Configure(Command("http://hooks.example/"))).Refusal);
        Assert.Equal(WebhookRefusals.WebhookNotFound, (await other.Get()).Refusal);
        Assert.Equal(["crm"], (await Catalog.List()).Webhooks.Select(static webhook => webhook.Id));
    }

    private Task ReceiveAsync(long number) =>
        Crm.Receive(
            new Delivery("mood-feed/05", number),
            new WebhookMessage($"mood-ana-{number}", WebhookEventTypes.MoodChanged, Body)
        );

    private async Task DeliveredAsync(long count) =>
        await _engine.EventuallyAsync(
            async () => (await Crm.Get()).Value!,
            webhook => webhook.Delivered == count && webhook.Pending == 0
        );

    private async Task<WebhookDeliveryView> DeliveryAsync(Func<WebhookDeliveryView, bool> isThere)
    {
        var found = await _engine.EventuallyAsync(
            async () => (await Crm.Deliveries()).Value!.Deliveries,
            deliveries => deliveries.Any(isThere)
        );
        return found.First(isThere);
    }

    private static ConfigureWebhook Command(string url = "https://hooks.example/a") =>
        new(Root, url, [WebhookEventTypes.MoodChanged], Secret, "made-for-it-1234");
}
