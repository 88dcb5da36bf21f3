using System.Text;
using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Devices;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Tests.Devices;
using Actors.Grains.Tests.Purchases;
using Actors.Grains.Tests.Wallets;
using Actors.Journal;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Notifications.Webhooks;

/// <summary>What apps are told of purchases, refunds, queues and devices, and what it costs where nobody listens.</summary>
[Trait("Spec", "NO-2")]
public sealed class MoneyNewsTests : IAsyncLifetime
{
    /// <summary>By then a silo knows of a subscription, whatever it knew before.</summary>
    private static readonly TimeSpan Moments =
        WebhookInterest.AskEvery + WebhookInterest.AnswerWithin + TimeSpan.FromSeconds(1);

    private readonly ScriptedSender _sender = new();
    private readonly ScriptedDevice _device = new();
    private readonly StuckCalls _stuck = new();
    private SimulatedGrainEngine _engine = null!;

    private IWebhookGrain Crm => _engine.Grains.GetGrain<IWebhookGrain>("crm");

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services =>
                    services
                        .AddSingleton<IWebhookSender>(_sender)
                        .AddSingleton<IDevice>(_device)
                        .AddSingleton<IIncomingGrainCallFilter>(_stuck),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task With_nobody_subscribed_a_purchase_is_written_as_it_always_was_and_no_feed_hears_of_it()
    {
        var (shop, wave) = await OpenAsync();
        await shop.BuyAsync("bo", wave, "k1");
        await _engine.AdvanceAsync(Moments);
        var before = await FeedRecordsAsync();

        await shop.BuyAsync("bo", wave, "k2");
        await _engine.AdvanceAsync(Moments);

        Assert.DoesNotContain("told", await NewestEventAsync("balance/bo"), StringComparison.Ordinal);
        Assert.Equal(before, await FeedRecordsAsync());
        Assert.Empty(_sender.Requests);
    }

    [Fact]
    public async Task Whoever_listens_to_something_else_makes_a_purchase_no_dearer()
    {
        var (shop, wave) = await OpenAsync();
        await SubscribeAsync(WebhookEventTypes.MoodChanged, WebhookEventTypes.QueuePaused);
        await shop.BuyAsync("bo", wave, "k1");
        await _engine.AdvanceAsync(Moments);

        await shop.BuyAsync("bo", wave, "k2");

        Assert.DoesNotContain("told", await NewestEventAsync("balance/bo"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_is_in_effect_within_moments_where_it_was_known_that_nobody_listens()
    {
        var (shop, wave) = await OpenAsync();
        await shop.BuyAsync("bo", wave, "k1");
        await _engine.AdvanceAsync(Moments);
        await SubscribeAsync(WebhookEventTypes.PurchaseMade);
        await _engine.AdvanceAsync(Moments);

        await shop.BuyAsync("bo", wave, "k2");

        await ReceivedAsync("balance-bo-4");
    }

    [Fact]
    public async Task A_subscription_is_in_effect_for_the_first_purchase_after_a_crash()
    {
        var (shop, wave) = await OpenAsync();
        await SubscribeAsync(WebhookEventTypes.PurchaseMade);
        await _engine.AdvanceAsync(Moments);
        await _engine.CrashAsync();

        await shop.BuyAsync("bo", wave, "k1");
        await _engine.CrashAsync();

        await ReceivedAsync("balance-bo-3");
    }

    [Fact]
    public async Task While_the_catalog_does_not_answer_somebody_may_listen()
    {
        var (shop, wave) = await OpenAsync();
        await SubscribeAsync(WebhookEventTypes.PurchaseMade);
        await _engine.AdvanceAsync(Moments);
        _stuck.Method = nameof(IWebhookCatalogGrain.Wanted);
        await _engine.CrashAsync();
        await shop.BuyAsync("bo", wave, "k1");
        await _engine.AdvanceAsync(Moments);

        await shop.BuyAsync("bo", wave, "k2");

        await ReceivedAsync("balance-bo-3", "balance-bo-4");
    }

    [Fact]
    public async Task After_a_long_rest_a_silo_asks_again_and_misses_nothing()
    {
        var (shop, wave) = await OpenAsync();
        await shop.BuyAsync("bo", wave, "k1");
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));
        await SubscribeAsync(WebhookEventTypes.PurchaseMade);

        await shop.BuyAsync("bo", wave, "k2");

        await ReceivedAsync("balance-bo-4");
    }

    [Fact]
    public async Task Money_does_not_wait_for_a_feed_that_takes_nothing_in()
    {
        var (shop, wave) = await OpenAsync();
        await SubscribeAsync(WebhookEventTypes.PurchaseMade);
        _stuck.Method = nameof(IWebhookFeedGrain.Receive);
        _stuck.Interface = typeof(IWebhookFeedGrain);

        var bought = await shop.BuyAsync("bo", wave, "k1");
        var refund = await shop.RefundAsync("bo", bought.Value!.PurchaseId, "r1");

        Assert.Equal(Of(10), refund.Value!.Tokens);
        // Opened, credited, bought, refunded: the balance owes nothing of it.
        await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IBalanceGrain>("bo").Mark(),
            static mark => mark == 5
        );
        Assert.Equal(4, (await _engine.Journal.ReadHeadAsync(StreamId.Parse("balance/bo"))).Version);
        _stuck.LetGo();
        await ReceivedAsync("balance-bo-3");
    }

    [Fact]
    public async Task Everything_that_happens_to_money_queues_and_devices_is_told_once_under_one_id_through_crashes()
    {
        await SubscribeAsync([.. WebhookEventTypes.All]);
        _sender.Answer = static _ => Task.FromResult(new WebhookAnswer(204));
        var (shop, wave) = await OpenAsync();
        var buzz = await shop.SellsAsync("Buzz", new MenuItemDraft(TokenValue: 20, Device: Orders.Gentle));
        var stage = await Shop.OpenAsync(_engine, "ana", QueueMode.On);
        var dance = await stage.SellsAsync("Dance", 10);
        _device.Answer = static _ => Task.FromResult<string?>("Off");

        var bought = (await shop.BuyAsync("bo", wave, "k1")).Value!;
        await shop.BuyAsync("bo", buzz, "k2");
        await shop.RefundAsync("bo", bought.PurchaseId, "r1");
        var tip = (await _engine.Balance("bo").Tip(Tip("mia", 7, "t1", "For you"))).Value!;
        await shop.Purchaser("bo").RefundTip(new RequestRefund(tip.TipId, Root, "Too much", false, Key("t2")));
        await _engine.CrashAsync();
        var queue = _engine.Grains.GetGrain<IQueueGrain>("ana");
        await queue.Pause(stage.Model);
        await queue.Resume(stage.Model);
        var part = await QueuedAsync(stage, dance, "k3");
        await queue.Start(new StartEntry(stage.Model, part));
        await queue.Complete(new CompleteEntry(stage.Model, part, 50, Key("c1")));
        var rejected = await QueuedAsync(stage, dance, "k4");
        await queue.Reject(new RejectEntry(stage.Model, rejected, "Not now", Key("c2")));
        var cancelled = await QueuedAsync(stage, dance, "k5");
        await queue.Cancel(new CancelEntry(new Actor(ActorRole.User, "bo"), cancelled, Key("c3")));
        await _engine.CrashAsync();

        var told = await _engine.EventuallyAsync(
            () => Task.FromResult(Told()),
            static told => told.Count(static one => one.Type.StartsWith("purchase_", StringComparison.Ordinal)) == 9
        );
        Assert.Equal(told.Count, told.Select(static one => one.Id).Distinct().Count());
        Assert.Equal(
            [
                "device_failed Off",
                "purchase_completed captured 5 refunded 5",
                "purchase_made immediate completed",
                "purchase_made immediate completed",
                "purchase_made queued pending 1",
                "purchase_made queued pending 1",
                "purchase_made queued pending 1",
                "purchase_refunded 10 cancelled",
                "purchase_refunded 10 model Sorry",
                "purchase_refunded 10 rejected Not now",
                "queue_entry_ended cancelled 0",
                "queue_entry_ended delivered 50",
                "queue_entry_ended rejected 0 Not now",
                "queue_entry_started",
                "queue_paused",
                "queue_resumed",
                "tip_refunded 7 admin Too much",
                "tip_sent 7 For you",
            ],
            told.Select(static one => one.Summary).Order(StringComparer.Ordinal)
        );
        Assert.Equal($"{tip.TipId}", told.Single(static one => one.Type == "tip_sent").Text("tipId"));
        Assert.All(told, static one => Assert.Contains(one.Text("modelId"), (string?[])["mia", "ana"]));
        Assert.All(
            told.Where(static one => !one.Type.StartsWith("queue_p", StringComparison.Ordinal)),
            static one => Assert.True(one.Type == "queue_resumed" || one.Text("userId") == "bo")
        );
    }

    private async Task<(Shop Shop, string Item)> OpenAsync()
    {
        var shop = await Shop.OpenAsync(_engine, "mia");
        var wave = await shop.SellsAsync("Wave", 10);
        await _engine.WithTokensAsync("bo", 500);
        return (shop, wave);
    }

    private async Task SubscribeAsync(params string[] eventTypes)
    {
        var command = new ConfigureWebhook(
            Root,
            "https://hooks.example/a",
            eventTypes,
            null,
            "whsec_" + new string('A', 32)
        );
        Assert.Null((await Crm.Configure(command)).Refusal);
        // Until all feeds know: the catalog tells them, and then nothing is left to do.
        await _engine.EventuallyAsync(async () =>
        {
            var heard = await Task.WhenAll(Shards.Keys.Select(shard => RecordsAsync($"webhook-feed/{shard}")));
            return heard.All(static records => records > 0);
        });
    }

    /// <summary>A purchase that the queue has taken in.</summary>
    private async Task<PurchaseId> QueuedAsync(Shop stage, string item, string key)
    {
        var bought = (await stage.BuyAsync("bo", item, key)).Value!.PurchaseId;
        var queue = _engine.Grains.GetGrain<IQueueGrain>(stage.ModelId);
        await _engine.EventuallyAsync(async () => await queue.Find(bought) is not null);
        return bought;
    }

    private Task<string> ReceivedAsync(params string[] ids) =>
        _engine.EventuallyAsync(
            () => Task.FromResult(string.Join(" ", Told().Select(static one => one.Id))),
            received => received == string.Join(" ", ids)
        );

    private List<Told> Told() =>
        [
            .. _sender
                .Requests.DistinctBy(static request => (request.EventId, request.Body))
                .Select(static request => new Told(request.EventId, JsonDocument.Parse(request.Body).RootElement)),
        ];

    private async Task<string> NewestEventAsync(string stream)
    {
        var head = await _engine.Journal.ReadHeadAsync(StreamId.Parse(stream));
        var newest = await _engine.Journal.ReadBackwardAsync(StreamId.Parse(stream), head.Version + 1, 1);
        return Encoding.UTF8.GetString(newest[0].Json.Span);
    }

    private async Task<long> FeedRecordsAsync() =>
        (await Task.WhenAll(Shards.Keys.Select(shard => RecordsAsync($"webhook-feed/{shard}")))).Sum();

    private async Task<long> RecordsAsync(string stream) =>
        (await _engine.Journal.ReadHeadAsync(StreamId.Parse(stream))).Sequence;

    /// <summary>Calls of one method do not get through until they are let go.</summary>
    private sealed class StuckCalls : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _letGo = new();

        public string? Method { get; set; }

        public Type Interface { get; set; } = typeof(IGrain);

        public void LetGo()
        {
            Method = null;
            _letGo.SetResult();
        }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == Method && Interface.IsInstanceOfType(context.Grain))
            {
                await _letGo.Task;
            }
            await context.Invoke();
        }
    }
}

/// <summary>What an app was told.</summary>
internal sealed record Told(string Id, JsonElement Body)
{
    private static readonly string[] Telling =
    [
        "captured",
        "refunded",
        "mode",
        "status",
        "queuePosition",
        "how",
        "deliverPercent",
        "cause",
        "reason",
        "message",
        "failure",
    ];

    public string Type => Text("eventType")!;

    /// <summary>The type with what tells one from another of it.</summary>
    public string Summary
    {
        get
        {
            var isSmall = Type is "purchase_refunded" or "tip_sent" or "tip_refunded";
            var parts = Telling
                .Where(member => Body.TryGetProperty(member, out _))
                .Select(member => member is "captured" or "refunded" ? $"{member} {Text(member)}" : Text(member));
            return string.Join(" ", [Type, .. isSmall ? [Text("tokens")] : Array.Empty<string?>(), .. parts]);
        }
    }

    public string? Text(string member) => Body.GetProperty(member).ToString();
}
