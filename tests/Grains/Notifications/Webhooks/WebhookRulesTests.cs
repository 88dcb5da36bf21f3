using System.Text.Json;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2")]
public sealed class WebhookRulesTests
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Another = "whsec_YW5vdGhlci1zZWNyZXQtb2YtbWluZS0wMTIzNDU2Nzg=";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly WebhookAnswer Ok = new(204);
    private static readonly WebhookAnswer Broken = new(500);

    [Fact]
    public void A_new_webhook_takes_the_secret_given_or_else_the_one_made_for_it()
    {
        Assert.Equal(Secret, Configure(Webhook.None, Secret).Settings!.Secret);
        Assert.Equal("made-for-it-1234", Configure(Webhook.None, null).Settings!.Secret);
    }

    [Fact]
    public void Configuring_again_keeps_the_secret_and_the_time_of_creation()
    {
        var webhook = Active();

        var set = Decide(webhook, Command(null, "https://other.example/hook"), Now.AddDays(1)).Value!;
        var changed = WebhookFold.Evolve(webhook, set);

        Assert.Equal((Secret, Now), (changed.Settings!.Secret, changed.Settings.CreatedAt));
        Assert.Equal(Now.AddDays(1), changed.Settings.UpdatedAt);
        Assert.Null(Decide(changed, Command(null, "https://other.example/hook"), Now.AddDays(2)).Value);
    }

    [Theory]
    [InlineData("http://hooks.example/a")]
    [InlineData("ftp://hooks.example/a")]
    [InlineData("https://user:password@hooks.example/a")]
    [InlineData("https://hooks.example/a#fragment")]
    [InlineData("hooks.example/a")]
    [InlineData("")]
    [InlineData("https://127.0.0.1/a")]
    [InlineData("https://[::1]/a")]
    [InlineData("https://[::ffff:10.0.0.1]/a")]
    [InlineData("https://0x7f000001/a")]
    [InlineData("https://2130706433/a")]
    [InlineData("https://localhost/a")]
    [InlineData("https://app.localhost./a")]
    [InlineData("https://metadata/a")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public void An_address_that_is_not_public_https_is_refused(string url)
    {
        var refusal = Decide(Webhook.None, Command(Secret, url)).Refusal;

        Assert.Equal(WebhookRefusals.InvalidUrl, refusal);
    }

    [Fact]
    public void Unknown_and_missing_event_types_are_refused()
    {
        Assert.All<string[]>(
            [
                [],
                ["mood_changed", "purchase"],
                ["test"],
                [.. Enumerable.Repeat("mood_changed", 101)],
            ],
            types =>
                Assert.Equal(
                    WebhookRefusals.InvalidEventTypes,
                    Decide(Webhook.None, Command(Secret) with { EventTypes = types }).Refusal
                )
        );
    }

    [Theory]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    [InlineData("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY=")]
    [InlineData("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    [InlineData("whsec_0123456789 abcdef 0123456789 abcdef")]
    [InlineData("whsec_")]
    [InlineData("")]
    public void A_secret_that_is_no_prefix_and_24_bytes_or_more_in_base64_is_refused(string secret) =>
        Assert.Equal(WebhookRefusals.InvalidSecret, Decide(Webhook.None, Command(secret)).Refusal);

    [Fact]
    public void An_event_begins_its_first_try_at_once_while_a_place_is_free()
    {
        var webhook = Active();
        for (var number = 1; number <= DeliveryQueue.MaxUnderWay + 2; number++)
        {
            webhook = Enqueue(webhook);
        }

        Assert.Equal(DeliveryQueue.MaxUnderWay, webhook.Queue.All.Count(static delivery => delivery.UnderWay));
        Assert.Equal([9, 10], webhook.Queue.All.Where(static d => !d.UnderWay).Select(static d => d.Number));
        // With every place taken, nothing can be done before a try counts as lost.
        Assert.Equal(Now + WebhookRules.LostAfter, webhook.Queue.NextDue);
    }

    [Fact]
    public void An_answer_frees_its_place_for_what_waits()
    {
        var webhook = Active();
        for (var number = 1; number <= DeliveryQueue.MaxUnderWay + 1; number++)
        {
            webhook = Enqueue(webhook);
        }

        var events = WebhookRules.DecideAnswer(webhook, 3, 1, Ok, Now);

        Assert.Equal(new AttemptSucceeded(Now, 3, 204), events[0]);
        Assert.Equal([9], Assert.IsType<AttemptsStarted>(events[1]).Numbers);
        webhook = Apply(webhook, events);
        Assert.Equal((1, 8), (webhook.DeliveredCount, webhook.Queue.Count));
    }

    [Fact]
    public void A_delivery_is_tried_eight_times_within_about_a_day_and_then_given_up()
    {
        var webhook = Enqueue(Active());
        var now = Now;
        for (var attempt = 1; attempt < RetrySchedule.MaxAttempts; attempt++)
        {
            webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, 1, attempt, Broken, now));
            var waiting = Assert.Single(webhook.Queue.All);
            Assert.Equal(
                (attempt, false, "The app answered 500."),
                (waiting.Attempts, waiting.UnderWay, waiting.LastError)
            );
            Assert.Empty(WebhookRules.DecideDue(webhook, waiting.Due.AddTicks(-1)));
            now = waiting.Due;
            webhook = Apply(webhook, WebhookRules.DecideDue(webhook, now));
        }
        Assert.InRange(now - Now, TimeSpan.FromHours(19), TimeSpan.FromHours(24));

        webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, 1, 8, new WebhookAnswer(null, "No answer."), now));

        Assert.Equal((0, 1, null), (webhook.Queue.Count, webhook.DeadCount, webhook.Queue.NextDue));
        var dead = Assert.Single(WebhookFold.Newest(webhook, 100));
        Assert.Equal(
            (WebhookDeliveryStatus.Dead, 8, null, "No answer.", null),
            (dead.Status, dead.Attempts, dead.StatusCode, dead.LastError, dead.NextAttemptAt)
        );
    }

    [Fact]
    public void A_try_that_a_crash_cut_off_is_begun_again_when_it_counts_as_lost()
    {
        var webhook = Enqueue(Active());

        Assert.Empty(WebhookRules.DecideDue(webhook, Now + WebhookRules.LostAfter - TimeSpan.FromTicks(1)));
        var lostAt = Now + WebhookRules.LostAfter;
        webhook = Apply(webhook, WebhookRules.DecideDue(webhook, lostAt));

        Assert.Equal((2, true), (webhook.Queue.Find(1)!.Attempts, webhook.Queue.Find(1)!.UnderWay));
        // The failure of the first try comes too late to count; its success would still do.
        Assert.Empty(WebhookRules.DecideAnswer(webhook, 1, 1, Broken, lostAt));
        Assert.NotEmpty(WebhookRules.DecideAnswer(webhook, 1, 1, Ok, lostAt));
    }

    [Fact]
    public void A_last_try_that_a_crash_cut_off_is_given_up()
    {
        var webhook = Enqueue(Active());
        for (var lost = 1; lost <= RetrySchedule.MaxAttempts; lost++)
        {
            webhook = Apply(webhook, WebhookRules.DecideDue(webhook, Now + (lost * WebhookRules.LostAfter)));
        }

        Assert.Equal((0, 1), (webhook.Queue.Count, webhook.DeadCount));
    }

    [Fact]
    public void A_410_disables_the_webhook_and_dead_letters_everything_that_waits()
    {
        var webhook = Enqueue(Enqueue(Active()));

        webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, 1, 1, new WebhookAnswer(410), Now));

        Assert.False(webhook.Wants(WebhookEventTypes.MoodChanged));
        Assert.Equal((0, 2, 2), (webhook.Queue.Count, webhook.Dead.Count, webhook.DeadCount));
        Assert.Equal(WebhookRefusals.WebhookDisabled, WebhookRules.DecideTest(webhook, "crm", Now).Refusal);
        Assert.Equal(WebhookRefusals.WebhookDisabled, WebhookRules.DecideRedelivery(webhook, Root, 1, Now).Refusal);
        var again = WebhookFold.Evolve(webhook, Decide(webhook, Command(null)).Value!);
        Assert.True(again.Wants(WebhookEventTypes.MoodChanged));
    }

    [Fact]
    public void A_full_queue_gives_up_its_oldest_delivery()
    {
        var webhook = Active();
        for (var number = 1; number <= WebhookRules.MaxQueued; number++)
        {
            webhook = Enqueue(webhook);
        }
        Assert.Equal(0, webhook.DeadCount);

        webhook = Enqueue(webhook);

        Assert.Equal((WebhookRules.MaxQueued, 1), (webhook.Queue.Count, webhook.DeadCount));
        Assert.Equal("The queue was full.", webhook.Dead[1].LastError);
        Assert.Equal(2, webhook.Queue.OldestNumber);
        Assert.Empty(WebhookRules.DecideAnswer(webhook, 1, 1, Ok, Now));
    }

    [Fact]
    public void Dead_letters_and_finished_deliveries_are_kept_within_bounds()
    {
        var webhook = Active();
        for (var number = 1; number <= WebhookFold.MaxDead + 50; number++)
        {
            webhook = WebhookFold.Evolve(Enqueue(webhook), new DeliveryGivenUp(Now, number, 500, "broken"));
        }
        for (var round = 0; round < WebhookFold.MaxRecent + 50; round++)
        {
            webhook = Enqueue(webhook);
            webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, webhook.LastNumber, 1, Ok, Now));
        }

        Assert.Equal((WebhookFold.MaxDead, WebhookFold.MaxDead + 50), (webhook.Dead.Count, webhook.DeadCount));
        Assert.Equal(
            (WebhookFold.MaxRecent, WebhookFold.MaxRecent + 50),
            (webhook.Recent.Count, webhook.DeliveredCount)
        );
        Assert.Equal(100, WebhookFold.Newest(webhook, 100).Length);
        Assert.Equal(webhook.LastNumber, WebhookFold.Newest(webhook, 100)[0].DeliveryId);
    }

    [Fact]
    public void A_dead_letter_is_queued_again_under_its_event_id_with_all_its_tries()
    {
        var webhook = WebhookFold.Evolve(Enqueue(Active()), new DeliveryGivenUp(Now, 1, 500, "broken"));

        var again = WebhookRules.DecideRedelivery(webhook, Root, 1, Now.AddDays(2)).Value!;
        var revived = WebhookFold.Evolve(webhook, again);

        Assert.Equal(webhook.Dead[1].EventId, revived.Queue.Find(1)!.EventId);
        Assert.Equal(
            (1, true, webhook.Dead[1].Body),
            (revived.Queue.Find(1)!.Attempts, revived.Queue.Find(1)!.UnderWay, revived.Queue.Find(1)!.Body)
        );
        Assert.Empty(revived.Dead);
        Assert.Equal(WebhookRefusals.DeliveryNotFound, WebhookRules.DecideRedelivery(revived, Root, 1, Now).Refusal);
    }

    [Fact]
    public void Removing_forgets_everything_but_the_numbers_already_used()
    {
        var removed = WebhookFold.Evolve(Enqueue(Active()), new WebhookRemoved(Now, Root));

        Assert.Equal(Webhook.None with { LastNumber = 1 }, removed);
        Assert.Equal(WebhookRefusals.WebhookNotFound, WebhookRules.DecideTest(removed, "crm", Now).Refusal);
    }

    [Fact]
    public void Jitter_is_the_same_for_one_event_and_spreads_over_many()
    {
        var waits = Enumerable
            .Range(0, 1_000)
            .Select(static id => RetrySchedule.After(1, $"mood-{id}-1")!.Value)
            .ToList();

        Assert.Equal(waits[7], RetrySchedule.After(1, "mood-7-1"));
        Assert.All(waits, static wait => Assert.InRange(wait.TotalSeconds, 15 * 0.85, 15 * 1.05));
        Assert.InRange(waits.Average(static wait => wait.TotalSeconds), 14.1, 14.4);
        Assert.InRange(waits.Distinct().Count(), 990, 1_000);
    }

    [Theory]
    // Computed with: printf 'mood-ana-1.1772366400.{"a":1}' | openssl dgst -sha256 -binary -hmac KEY | base64
    [InlineData(Secret, "v1,ZFUSs9CtY3w5HAWp5e+9aFbxPVmPVnvUELlxuuaWWTI=")]
    [InlineData("0123456789abcdef", "v1,4Sl5sFaIvbqbsPLpVXDJIlOMJYQcTqomrMXKLbkfENk=")]
    public void The_signature_is_the_base64_hmac_of_id_timestamp_and_body(string secret, string expected)
    {
        var timestamp = WebhookSignature.Timestamp(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal("1772366400", timestamp);
        Assert.Equal(expected, WebhookSignature.Compute(secret, "mood-ana-1", timestamp, """{"a":1}"""));
    }

    [Fact]
    public void A_secret_that_was_replaced_signs_beside_the_new_one_for_a_day()
    {
        var webhook = WebhookFold.Evolve(Active(), Decide(Active(), Command(Another), Now.AddHours(1)).Value!);

        Assert.Equal(Signatures(Now.AddHours(24), Another, Secret), Sign(webhook, Now.AddHours(24)));
        Assert.Equal(Signatures(Now.AddHours(25), Another), Sign(webhook, Now.AddHours(25)));

        var moved = Decide(webhook, Command(null, "https://other.example/hook"), Now.AddHours(2)).Value!;
        webhook = WebhookFold.Evolve(webhook, moved);
        Assert.Equal(Signatures(Now.AddHours(24), Another, Secret), Sign(webhook, Now.AddHours(24)));

        static string Signatures(DateTimeOffset at, params string[] secrets) =>
            string.Join(
                ' ',
                secrets.Select(one => WebhookSignature.Compute(one, "id", WebhookSignature.Timestamp(at), "body"))
            );
        static string Sign(Webhook webhook, DateTimeOffset at) =>
            WebhookSignature.Of(webhook.Settings!, at, "id", "body");
    }

    [Fact]
    public void A_snapshot_reads_back_as_the_same_webhook()
    {
        var webhook = Active();
        for (var number = 1; number <= 20; number++)
        {
            webhook = Enqueue(webhook);
        }
        webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, 1, 1, Ok, Now));
        webhook = Apply(webhook, WebhookRules.DecideAnswer(webhook, 2, 1, Broken, Now));
        webhook = WebhookFold.Evolve(webhook, new DeliveryGivenUp(Now, 3, null, "broken"));

        var json = JsonSerializer.Serialize(webhook, WebhookJson.Default.Webhook);
        var read = JsonSerializer.Deserialize(json, WebhookJson.Default.Webhook)!;

        Assert.Equal(WebhookFold.Newest(webhook, 100), WebhookFold.Newest(read, 100));
        Assert.Equal(webhook.Queue.NextDue, read.Queue.NextDue);
        Assert.Equal(webhook.Queue.All, read.Queue.All);
        Assert.Equal(webhook.Settings!.Secret, read.Settings!.Secret);
        Assert.Equal(json, JsonSerializer.Serialize(read, WebhookJson.Default.Webhook));
    }

    [Fact]
    public void No_secret_shows_when_a_command_an_event_or_a_state_is_logged()
    {
        var webhook = Active();

        Assert.All<object>(
            [Command(Secret), Decide(Webhook.None, Command(Secret)).Value!, webhook, webhook.Settings!],
            static logged => Assert.DoesNotContain(Secret, logged.ToString(), StringComparison.Ordinal)
        );
    }

    private static Webhook Active() => Configure(Webhook.None, Secret);

    private static Webhook Configure(Webhook webhook, string? secret) =>
        WebhookFold.Evolve(webhook, Decide(webhook, Command(secret)).Value!);

    private static GrainInterfaces.Outcomes.Outcome<WebhookSet?> Decide(
        Webhook webhook,
        ConfigureWebhook command,
        DateTimeOffset? now = null
    ) => WebhookRules.Decide(webhook, command, now ?? Now, allowInsecure: false);

    private static ConfigureWebhook Command(string? secret, string url = "https://hooks.example/a") =>
        new(Root, url, [WebhookEventTypes.MoodChanged], secret, "made-for-it-1234");

    private static Webhook Enqueue(Webhook webhook)
    {
        var id = $"mood-ana-{webhook.LastNumber + 1}";
        var message = new WebhookMessage(id, WebhookEventTypes.MoodChanged, """{"eventType":"mood_changed"}""");
        return WebhookFold.Evolve(webhook, WebhookRules.Queue(webhook, message, Now));
    }

    private static Webhook Apply(Webhook webhook, IEnumerable<WebhookEvent> events) =>
        events.Aggregate(webhook, WebhookFold.Evolve);
}
