using System.Text.Json;
using Actors.Contract.Tests.Notifications;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Contract.Tests.Bookings;

/// <summary>From the calendar to the rating, on a clock that is moved.</summary>
public sealed class BookingJourneyTests
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    [Theory, Trait("Spec", "BO-4"), Trait("Spec", "BO-7"), Trait("Spec", "BO-13")]
    [InlineData("sandbox")]
    [InlineData("tokens")]
    public async Task A_whole_journey(string provider)
    {
        var time = new ShiftedTime();
        await using var server = await StartAsync(time);
        var scene = await CallScene.OpenAsync(server, "journey", TimeSpan.FromDays(30));
        (
            await scene.Admin.Post(
                $"/api/v1/admin/balances/{scene.UserId}/credit",
                """{"tokens":500,"reason":"Top-up","idempotency_key":"first"}"""
            )
        ).ShouldBe(200);
        var slots = await scene.User.Get($"/api/v1/performers/{scene.PerformerId}/slots?duration=30&type=video");
        var start = slots
            .ShouldBe(200)
            .Json.GetProperty("slots")
            .EnumerateArray()
            .Select(static slot => slot.GetProperty("start").GetDateTimeOffset())
            .First(at => at > time.GetUtcNow().AddHours(25));

        var id = await scene.HeldAsync("k", start);
        (await scene.PayAsync(id, provider: provider)).ShouldBe(200);
        if (provider == "sandbox")
        {
            await scene.MoneyComesAsync($"{id}-1");
        }
        await scene.UntilAsync(id, "confirmed");
        foreach (var before in (int[])[24 * 60, 60, 15])
        {
            time.Advance(start.AddMinutes(-before).AddSeconds(1) - time.GetUtcNow());
            await Eventually.TrueAsync(async () => await RemindersAsync(scene.User) == Reminder(before));
            await Eventually.TrueAsync(async () => await RemindersAsync(scene.Performer) == Reminder(before));
        }
        time.Advance(start.AddMinutes(-5) - time.GetUtcNow());
        await JoinAsync(scene, scene.User, id);
        await JoinAsync(scene, scene.Performer, id);
        time.Advance(start.AddSeconds(1) - time.GetUtcNow());
        await scene.UntilAsync(id, "live");
        time.Advance(start.AddMinutes(36) - time.GetUtcNow());
        var completed = await scene.UntilAsync(id, "completed");
        Assert.Equal("completed", completed["verdict"]);

        (await scene.User.Get($"/api/v1/bookings/{id}/join")).ShouldRefuse(409, "ROOM_CLOSED");
        (await scene.User.Post($"/api/v1/bookings/{id}/rating", """{"stars":4,"text":"Lovely"}""")).ShouldBe(200);
        await Eventually.TrueAsync(async () =>
            (await scene.User.Get($"/api/v1/performers/{scene.PerformerId}")).Text.Contains('4')
        );
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        (await scene.User.Post($"/api/v1/bookings/{id}/rating", """{"stars":1}""")).ShouldRefuse(409, "RATING_FINAL");
    }

    [Fact, Trait("Spec", "NO-2")]
    public async Task Every_event_of_a_call_arrives_signed_with_the_fields_that_the_guide_shows()
    {
        string[] types =
        [
            .. WebhookEventTypes.All.Where(static type => type.StartsWith("booking_", StringComparison.Ordinal)),
        ];
        await using var app = await HookServer.StartAsync();
        var time = new ShiftedTime();
        await using var server = await StartAsync(time, "--Webhooks:AllowInsecure=true");
        var scene = await CallScene.OpenAsync(server, "news", TimeSpan.FromDays(30));
        var body = JsonSerializer.Serialize(
            new
            {
                url = app.Url,
                eventTypes = types,
                secret = Secret,
            }
        );
        (await scene.Admin.Put("/api/v1/admin/webhooks/crm", body)).ShouldBe(200);
        // The subscription is in effect on every shard within a few seconds.
        await Eventually.TrueAsync(async () =>
        {
            var probe = (await scene.RequestAsync(CallScene.Fresh("probe"), start: Quarter(time, hours: 100))).Status;
            time.Advance(TimeSpan.FromMinutes(11));
            return probe == 201 && app.Requests.Count > 0;
        });

        var lapsed = await scene.HeldAsync("lapsed", Quarter(time, hours: 40));
        time.Advance(TimeSpan.FromMinutes(11));
        await scene.UntilAsync(lapsed, "expired");
        var off = await scene.ConfirmedAsync("off", Quarter(time, hours: 60));
        (await scene.User.Post($"/api/v1/bookings/{off}/cancel")).ShouldBe(200);
        var start = Quarter(time, hours: 50);
        var id = await scene.ConfirmedAsync("on", Quarter(time, hours: 70));
        var move = $$"""{"start":"{{CallScene.Iso(start)}}","idempotencyKey":"m"}""";
        (await scene.User.Post($"/api/v1/bookings/{id}/reschedule", move)).ShouldBe(200);
        time.Advance(start.AddMinutes(-1) - time.GetUtcNow());
        await JoinAsync(scene, scene.User, id);
        await JoinAsync(scene, scene.Performer, id);
        time.Advance(start.AddSeconds(1) - time.GetUtcNow());
        await scene.UntilAsync(id, "live");
        time.Advance(start.AddMinutes(36) - time.GetUtcNow());
        await scene.UntilAsync(id, "completed");
        (await scene.User.Post($"/api/v1/bookings/{id}/rating", """{"stars":4}""")).ShouldBe(200);
        var verdict = """{"verdict":"performer_no_show","refundPercent":100,"reason":"She left at once"}""";
        (await scene.Admin.Post($"/api/v1/admin/bookings/{id}/verdict", verdict)).ShouldBe(200);

        await Eventually.TrueAsync(() =>
            app.Requests.Select(static request => GuideExamples.TypeOf(Body(request))).ToHashSet().IsSupersetOf(types)
        );
        var guide = GuideExamples.Read();
        foreach (var request in app.Requests)
        {
            var told = Body(request);
            Assert.Equal(GuideExamples.MembersOf(guide[GuideExamples.TypeOf(told)]), GuideExamples.MembersOf(told));
        }
        // What was not answered while the clock leapt is sent once more, in the same words.
        Assert.All(
            app.Requests.GroupBy(static request => request.EventId),
            static same => Assert.Single(same.Select(static request => request.Body).Distinct())
        );
    }

    private static Task<ApiServer> StartAsync(ShiftedTime time, params string[] settings) =>
        ApiServer.Start(settings, builder => builder.Services.AddSingleton<TimeProvider>(time));

    private static JsonElement Body(HookRequest request) => JsonDocument.Parse(request.Body).RootElement;

    private static DateTimeOffset Quarter(ShiftedTime time, int hours)
    {
        var at = time.GetUtcNow().AddHours(hours);
        return new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
    }

    /// <summary>How many there are once the one of so many minutes before was sent.</summary>
    private static int Reminder(int minutesBefore) =>
        minutesBefore switch
        {
            > 60 => 1,
            60 => 2,
            _ => 3,
        };

    private static async Task<int> RemindersAsync(ApiClient person)
    {
        var inbox = (await person.Get("/api/v1/notifications?limit=100")).ShouldBe(200);
        return inbox
            .Json.GetProperty("notifications")
            .EnumerateArray()
            .Count(static one => one.GetProperty("kind").GetString() == "booking_reminder");
    }

    /// <summary>Over the page of a room of ours, without a token: whoever has the link gets in.</summary>
    private static async Task JoinAsync(CallScene scene, ApiClient person, string id)
    {
        var link = (await person.Get($"/api/v1/bookings/{id}/join")).ShouldBe(200)["url"]!;
        using var answer = await scene.Server.Http.PostAsync($"{new Uri(link).AbsolutePath}/join", null);
        Assert.InRange((int)answer.StatusCode, 200, 399);
    }
}
