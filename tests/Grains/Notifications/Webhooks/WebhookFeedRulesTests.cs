using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2")]
public sealed class WebhookFeedRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookMessage Purchase = new("balance-bo-2", WebhookEventTypes.PurchaseMade, "{}");

    [Fact]
    public void A_message_goes_to_those_who_want_its_type_and_to_nobody_else()
    {
        var feed = Subscribed(new(WebhookEventTypes.PurchaseMade, ["a", "c"]), new(WebhookEventTypes.TipSent, ["b"]));

        var passed = WebhookFeedRules.Decide(feed, Purchase, Now)!;

        Assert.Equal((Now, Purchase), (passed.At, passed.Message));
        Assert.Equal(["a", "c"], passed.Subscribers);
    }

    [Fact]
    public void A_message_that_nobody_wants_comes_to_nothing()
    {
        Assert.Null(WebhookFeedRules.Decide(WebhookFeed.Empty, Purchase, Now));
        Assert.Null(
            WebhookFeedRules.Decide(Subscribed(new EventSubscribers(WebhookEventTypes.TipSent, ["b"])), Purchase, Now)
        );
    }

    [Fact]
    public void New_subscribers_take_the_place_of_all_before_and_messages_change_nothing()
    {
        var feed = Subscribed(new EventSubscribers(WebhookEventTypes.PurchaseMade, ["a"]));
        var same = WebhookFeedRules.Evolve(feed, WebhookFeedRules.Decide(feed, Purchase, Now)!);

        var next = WebhookFeedRules.Evolve(same, WebhookFeedRules.Decide([], Now));

        Assert.Same(feed, same);
        Assert.Empty(next.Subscribers);
    }

    [Fact]
    public void The_catalog_says_who_wants_what_by_type_and_moods_as_before()
    {
        var catalog = WebhookCatalog.Empty;
        catalog = WebhookCatalogRules.Evolve(catalog, Set(catalog, "b", "mood_changed", "tip_sent"));

        var set = Set(catalog, "a", "tip_sent");
        var released = WebhookCatalogRules.DecideRelease(WebhookCatalogRules.Evolve(catalog, set), "b", Now);

        Assert.Equal(["b"], set.MoodSubscribers);
        Assert.Equal(["mood_changed: b", "tip_sent: a, b"], Lines(set));
        Assert.Empty(released.MoodSubscribers);
        Assert.Equal(["tip_sent: a"], Lines(released));
    }

    private static EventTypesSet Set(WebhookCatalog catalog, string webhook, params string[] types) =>
        WebhookCatalogRules.DecideEventTypes(catalog, webhook, types, Now);

    private static IEnumerable<string> Lines(IChangesSubscribers changed) =>
        changed.Subscribers!.Select(static pair => $"{pair.Key}: {string.Join(", ", pair.Value)}");

    private static WebhookFeed Subscribed(params EventSubscribers[] subscribers) =>
        WebhookFeedRules.Evolve(WebhookFeed.Empty, WebhookFeedRules.Decide(subscribers, Now));
}
