using Actors.Contract.Tests.Live;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Bookings;

public sealed class BookingContractTests(SharedServer shared)
{
    private const string Nowhere = "bk_00000000000000000000000000000000";

    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "BO-2")]
    public async Task Of_two_hundred_users_who_go_for_one_time_one_gets_it()
    {
        var scene = await CallScene.OpenAsync(_server, "race-call");
        string[] users = [.. Enumerable.Range(0, 200).Select(static n => $"race-call-{n}")];
        await Task.WhenAll(users.Select(user => scene.WelcomeAsync(user)));

        var answers = await Task.WhenAll(users.Select(user => scene.RequestAsync("k", _server.As("user", user))));

        Assert.Single(answers, static answer => answer.Status == 201);
        Assert.All(
            answers.Where(static answer => answer.Status != 201),
            static answer => answer.ShouldRefuse(409, "NOT_AVAILABLE")
        );
    }

    [Fact, Trait("Spec", "BO-4")]
    public async Task A_call_is_requested_accepted_paid_and_confirmed()
    {
        var scene = await CallScene.OpenAsync(_server, "flow");
        var rules = (await scene.User.Get("/api/v1/bookings/rules")).ShouldBe(200);
        Assert.Equal(("1", "en"), (rules["version"], rules["language"]));

        var held = (await scene.RequestAsync("k")).ShouldBe(201);
        var id = held["bookingId"]!;
        Assert.Equal(("held", "30"), (held["status"], held["duration"]));
        (await scene.PayAsync(id)).ShouldRefuse(409, "RULES_NOT_ACCEPTED");
        (await scene.User.Post($"/api/v1/bookings/{id}/rules", """{"rulesVersion":2}""")).ShouldRefuse(
            409,
            "RULES_CHANGED"
        );
        (await scene.User.Post($"/api/v1/bookings/{id}/rules", """{"rulesVersion":1}""")).ShouldBe(200);
        var paying = (await scene.PayAsync(id)).ShouldBe(200);
        Assert.Equal("awaiting_payment", paying["status"]);
        Assert.NotNull(paying.Json.GetProperty("payments")[0].GetProperty("link").GetString());

        await scene.MoneyComesAsync($"{id}-1");
        await scene.UntilAsync(id, "confirmed");
        (await scene.User.Get($"/api/v1/bookings/{id}/join")).ShouldRefuse(409, "ROOM_NOT_OPEN");
        Assert.Empty(
            (await scene.Performer.Get($"/api/v1/bookings/{id}"))
                .ShouldBe(200)
                .Json.GetProperty("payments")
                .EnumerateArray()
        );
        foreach (var person in (ApiClient[])[scene.User, scene.Performer])
        {
            await Eventually.TrueAsync(async () =>
                (await person.Get("/api/v1/bookings?status=confirmed")).ShouldBe(200)["total"] == "1"
            );
        }
        var log = (await scene.Admin.Get($"/api/v1/admin/bookings/{id}/log")).ShouldBe(200);
        Assert.Contains("booking.confirmed", log.Text, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_request_that_is_repeated_a_hundred_times_at_once_is_one_booking()
    {
        var scene = await CallScene.OpenAsync(_server, "twice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => scene.RequestAsync("k")));

        Assert.Single(answers.Select(static answer => answer.ShouldBe(201)["bookingId"]).Distinct());
        (await scene.RequestAsync("k", duration: 60)).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        (
            await scene.User.Post(
                "/api/v1/bookings",
                $$"""{"performerId":"{{scene.PerformerId}}","start":"{{CallScene.Iso(CallScene.Start)}}","duration":30,"type":"video","rulesVersion":1}"""
            )
        ).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
    }

    [Theory, Trait("Spec", "BO-3")]
    [InlineData("age", """{"prime":true,"termsAccepted":true}""", 404, "AGE_NOT_VERIFIED")]
    [InlineData("terms", """{"prime":true,"ageVerified":true}""", 403, "TERMS_NOT_ACCEPTED")]
    [InlineData(
        "restr",
        """{"prime":true,"ageVerified":true,"termsAccepted":true,"restricted":true}""",
        403,
        "RESTRICTED"
    )]
    [InlineData(
        "flagg",
        """{"prime":true,"ageVerified":true,"termsAccepted":true,"flagged":true}""",
        403,
        "RESTRICTED"
    )]
    [InlineData("free", """{"ageVerified":true,"termsAccepted":true}""", 402, "PRIME_OR_PAYMENT_REQUIRED")]
    public async Task Each_rule_is_refused_with_its_own_code(string name, string profile, int status, string code)
    {
        var scene = await CallScene.OpenAsync(_server, $"rule-{name}");
        await scene.WelcomeAsync($"rule-{name}-x", profile);

        var refused = await scene.RequestAsync("k", _server.As("user", $"rule-{name}-x"));

        refused.ShouldRefuse(status, code);
        Assert.Equal(
            status == 402,
            refused.Json.TryGetProperty("upgrade", out var offer)
                && offer.GetProperty("benefits").GetArrayLength() > 0
                && offer.GetProperty("callToAction").GetString() is { Length: > 0 }
        );
    }

    [Fact, Trait("Spec", "BO-3")]
    public async Task To_whose_age_is_not_verified_nothing_is_there()
    {
        var scene = await CallScene.OpenAsync(_server, "hidden");
        var id = await scene.HeldAsync("k");
        await scene.WelcomeAsync(scene.UserId, """{"ageVerified":false}""");

        foreach (var path in (string[])["", "/rules", $"/{id}", $"/{id}/join"])
        {
            (await scene.User.Get($"/api/v1/bookings{path}")).ShouldRefuse(404, "NOT_FOUND");
        }
        (await scene.PayAsync(id)).ShouldRefuse(404, "NOT_FOUND");
    }

    [Fact, Trait("Spec", "BO-3")]
    public async Task Bookings_of_others_and_ids_of_none_are_not_found()
    {
        var scene = await CallScene.OpenAsync(_server, "foreign");
        var id = await scene.HeldAsync("k");
        await scene.WelcomeAsync("foreign-x");
        var eve = _server.As("user", "foreign-x");

        foreach (var one in (string[])[id, Nowhere, "nonsense"])
        {
            (await eve.Get($"/api/v1/bookings/{one}")).ShouldRefuse(404, "BOOKING_NOT_FOUND");
            (await eve.Post($"/api/v1/bookings/{one}/cancel")).ShouldRefuse(404, "BOOKING_NOT_FOUND");
            (await eve.Post($"/api/v1/bookings/{one}/rating", """{"stars":5}""")).ShouldRefuse(
                404,
                "BOOKING_NOT_FOUND"
            );
        }
        (await scene.Admin.Get($"/api/v1/admin/bookings/{Nowhere}/log")).ShouldRefuse(404, "BOOKING_NOT_FOUND");
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task What_is_cancelled_early_goes_back_and_its_time_can_be_booked_again()
    {
        var scene = await CallScene.OpenAsync(_server, "back");
        var id = await scene.ConfirmedAsync("k");

        var cancelled = (await scene.User.Post($"/api/v1/bookings/{id}/cancel", """{"reason":"I am ill"}""")).ShouldBe(
            200
        );
        Assert.Equal(("cancelled", "I am ill"), (cancelled["status"], cancelled["reason"]));
        (await scene.User.Post($"/api/v1/bookings/{id}/cancel")).ShouldBe(200);
        await Eventually.TrueAsync(async () => PaymentOf(await scene.SeeAsync(id), "refunded") != "0");
        await Eventually.TrueAsync(async () => (await scene.RequestAsync(CallScene.Fresh("again"))).Status == 201);
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task Another_time_is_one_command()
    {
        var scene = await CallScene.OpenAsync(_server, "other");
        var id = await scene.ConfirmedAsync("k");
        var start = CallScene.Iso(CallScene.Start.AddHours(3));

        var moved = (
            await scene.User.Post(
                $"/api/v1/bookings/{id}/reschedule",
                $$"""{"start":"{{start}}","idempotencyKey":"m"}"""
            )
        ).ShouldBe(200);
        Assert.Equal((start, "1", "confirmed"), (moved["start"], moved["sequence"], moved["status"]));

        var pending = (
            await scene.User.Post(
                $"/api/v1/bookings/{id}/reschedule",
                $$"""{"start":"{{start}}","duration":60,"idempotencyKey":"n"}"""
            )
        ).ShouldBe(200);
        Assert.Equal(
            "100",
            pending.Json.GetProperty("reschedule").GetProperty("difference").GetProperty("amount").ToString()
        );
        (await scene.PayAsync(id, "difference")).ShouldBe(200);
        await scene.MoneyComesAsync($"{id}-2");
        await Eventually.TrueAsync(async () => (await scene.SeeAsync(id))["duration"] == "60");
    }

    [Fact, Trait("Spec", "CH-3")]
    public async Task Both_see_live_what_becomes_of_a_call()
    {
        var scene = await CallScene.OpenAsync(_server, "live-call");
        using var user = await EventReader.OpenAsync(_server, _server.Token("user", scene.UserId));
        using var performer = await EventReader.OpenAsync(_server, _server.Token("model", scene.PerformerId));

        var id = await scene.ConfirmedAsync("k");

        foreach (var reader in (EventReader[])[user, performer])
        {
            string? status = null;
            while (status != "confirmed")
            {
                var seen = await reader.NextAsync();
                Assert.NotNull(seen);
                if (seen.Type == "booking")
                {
                    Assert.Equal(id, seen["bookingId"]);
                    status = seen["status"];
                }
            }
        }
    }

    [Theory, Trait("Spec", "SE-1")]
    [InlineData("", """{"performerId":"a","start":"2026-12-01T20:00","duration":30,"type":"video","rulesVersion":1}""")]
    [InlineData(
        "",
        """{"performerId":"a b","start":"2026-12-01T20:00:00Z","duration":30,"type":"video","rulesVersion":1}"""
    )]
    [InlineData("", """{"start":"2026-12-01T20:00:00Z","duration":30,"type":"video","rulesVersion":1}""")]
    [InlineData(
        "",
        """{"performerId":"a","start":"2026-12-01T20:00:00Z","duration":30,"type":"film","rulesVersion":1}"""
    )]
    [InlineData("/pay", """{"provider":"NO SUCH"}""")]
    [InlineData("/cancel", """{"reason":" "}""")]
    [InlineData("/reschedule", """{"start":"tomorrow"}""")]
    [InlineData("/rating", """{"stars":6}""")]
    [InlineData("/rating", """{"stars":4.5}""")]
    [InlineData("/incident", """{"category":"what she said was"}""")]
    public async Task Nonsense_is_refused(string path, string body)
    {
        var scene = await CallScene.OpenAsync(_server, CallScene.Fresh("odd"));
        var id = path.Length == 0 ? "" : $"/{(await scene.RequestAsync("k")).ShouldBe(201)["bookingId"]}";

        var refused = await scene.User.Send(
            HttpMethod.Post,
            $"/api/v1/bookings{id}{path}",
            body,
            change: static request => request.Headers.Add("Idempotency-Key", "odd")
        );

        refused.ShouldRefuse(400, "INVALID_BOOKING");
    }

    private static string PaymentOf(Answer booking, string member) =>
        booking.Json.GetProperty("payments")[0].GetProperty(member).ToString();
}
