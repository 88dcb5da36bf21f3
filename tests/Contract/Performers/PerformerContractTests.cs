using System.Globalization;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Performers;

namespace Actors.Contract.Tests.Performers;

public sealed class PerformerContractTests(SharedServer shared)
{
    private const string Week = """
        { "monday": [{ "from": "00:00", "to": "24:00" }], "tuesday": [{ "from": "00:00", "to": "24:00" }],
          "wednesday": [{ "from": "00:00", "to": "24:00" }], "thursday": [{ "from": "00:00", "to": "24:00" }],
          "friday": [{ "from": "00:00", "to": "24:00" }], "saturday": [{ "from": "00:00", "to": "24:00" }],
          "sunday": [{ "from": "00:00", "to": "24:00" }] }
        """;

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact, Trait("Spec", "BO-1")]
    public async Task An_admin_makes_changes_lists_and_removes_a_performer()
    {
        var made = (await MakeAsync("pf-life")).ShouldBe(201);
        Assert.Equal(
            [
                "performerId",
                "displayName",
                "status",
                "timeZone",
                "weekly",
                "exceptions",
                "callTypes",
                "durations",
                "maxDuration",
                "basePrice",
                "prices",
                "bufferBefore",
                "bufferAfter",
                "noticeMinutes",
                "horizonDays",
                "policy",
                "pausedByNoShows",
                "rating",
                "completed",
                "noShows",
            ],
            made.Members
        );
        Assert.Equal("""{"currency":"TOKENS","amount":100}""", made["basePrice"]);
        Assert.Equal("24:00", made.Json.GetProperty("weekly").GetProperty("monday")[0].GetProperty("to").GetString());
        Assert.Equal(made.Text, (await MakeAsync("pf-life")).ShouldBe(200).Text);

        var changed = await Admin.Send(
            HttpMethod.Patch,
            "/api/v1/admin/performers/pf-life",
            """{"basePrice":{"currency":"USD","amount":2500},"status":"paused","policy":{"fullRefundHours":48,"earlyPercent":90,"latePercent":10}}"""
        );
        Assert.Equal(("paused", "2500"), (changed.ShouldBe(200)["status"], Amount(changed)));
        Assert.Equal(changed.Text, (await Admin.Get("/api/v1/admin/performers/pf-life")).ShouldBe(200).Text);
        Assert.Equal(
            changed.Text,
            (await Admin.Put("/api/v1/admin/performers/pf-life", """{"status":"paused"}""")).ShouldBe(200).Text
        );
        Assert.Contains("pf-life", (await Admin.Get("/api/v1/admin/performers?status=paused&limit=100")).Text);
        (await Admin.Get("/api/v1/admin/performers?status=asleep")).ShouldRefuse(400, "INVALID_PERFORMER_STATUS");

        var gone = await Admin.Send(HttpMethod.Delete, "/api/v1/admin/performers/pf-life");
        Assert.Equal("""{"performerId":"pf-life","inactive":false}""", gone.ShouldBe(200).Text);
        (await Admin.Get("/api/v1/admin/performers/pf-life")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
        (await MakeAsync("pf-life")).ShouldBe(201);
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task One_who_was_booked_stays_inactive_for_good()
    {
        await MakeAsync("pf-kept");
        var start = await FirstSlotAsync("pf-kept");
        var hold = new HoldTime("bk-kept", start, 30, CallType.Video, DateTimeOffset.MaxValue);
        Assert.Null((await Performer("pf-kept").Hold(hold)).Refusal);

        var gone = await Admin.Send(HttpMethod.Delete, "/api/v1/admin/performers/pf-kept");

        Assert.Equal("""{"performerId":"pf-kept","inactive":true}""", gone.ShouldBe(200).Text);
        (await MakeAsync("pf-kept")).ShouldRefuse(409, "PERFORMER_REMOVED");
        (await _server.As("model", "pf-kept").Put("/api/v1/me/calendar", """{"timeZone":"UTC"}""")).ShouldRefuse(
            409,
            "PERFORMER_REMOVED"
        );
        (await _server.As("service").Get("/api/v1/performers/pf-kept")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
        (await _server.As("service").Get("/api/v1/performers/pf-kept/slots")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
        Assert.Equal("inactive", (await Admin.Get("/api/v1/admin/performers/pf-kept")).ShouldBe(200)["status"]);
    }

    [Theory, Trait("Spec", "BO-1")]
    [InlineData("""{"performerId":"no id"}""", "INVALID_PERFORMER_ID")]
    [InlineData("""{"performerId":7}""", "INVALID_PERFORMER_ID")]
    [InlineData("""{}""", "INVALID_PERFORMER_ID")]
    [InlineData("""{"displayName":" "}""", "INVALID_PROFILE")]
    [InlineData("""{"displayName":{}}""", "INVALID_PROFILE")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "INVALID_TIME_ZONE")]
    [InlineData("""{"timeZone":5}""", "INVALID_TIME_ZONE")]
    [InlineData("""{"weekly":[]}""", "INVALID_HOURS")]
    [InlineData("""{"weekly":{"monday":[{"from":"9:00","to":"10:00"}]}}""", "INVALID_HOURS")]
    [InlineData("""{"weekly":{"monday":[{"from":"10:00","to":"09:00"}]}}""", "INVALID_HOURS")]
    [InlineData("""{"weekly":{"monday":[{"from":"10:00","to":"24:01"}]}}""", "INVALID_HOURS")]
    [InlineData("""{"weekly":{"monday":[{"from":"10:00"}]}}""", "INVALID_HOURS")]
    [InlineData("""{"weekly":{"monday":[null]}}""", "INVALID_HOURS")]
    [InlineData("""{"callTypes":["hologram"]}""", "INVALID_CALL_TYPE")]
    [InlineData("""{"callTypes":[null]}""", "INVALID_CALL_TYPE")]
    [InlineData("""{"callTypes":"video"}""", "INVALID_CALL_TYPE")]
    [InlineData("""{"callTypes":[]}""", "INVALID_CALL_TYPE")]
    [InlineData("""{"durations":[0]}""", "INVALID_DURATION")]
    [InlineData("""{"durations":["30"]}""", "INVALID_DURATION")]
    [InlineData("""{"durations":[30],"maxDuration":20}""", "INVALID_DURATION")]
    [InlineData("""{"maxDuration":1e9}""", "INVALID_DURATION")]
    [InlineData("""{"basePrice":-1}""", "INVALID_PRICE")]
    [InlineData("""{"basePrice":0.5}""", "INVALID_PRICE")]
    [InlineData("""{"basePrice":1e30}""", "INVALID_PRICE")]
    [InlineData("""{"basePrice":"100"}""", "INVALID_PRICE")]
    [InlineData("""{"basePrice":{"amount":5}}""", "INVALID_PRICE")]
    [InlineData("""{"basePrice":{"currency":"dollars","amount":5}}""", "INVALID_PRICE")]
    [InlineData("""{"prices":[{"duration":30}]}""", "INVALID_PRICE")]
    [InlineData("""{"prices":[null]}""", "INVALID_PRICE")]
    [InlineData("""{"prices":[{"duration":7,"amount":5}]}""", "INVALID_PRICE")]
    [InlineData("""{"bufferBefore":-1}""", "INVALID_BUFFER")]
    [InlineData("""{"bufferAfter":"5"}""", "INVALID_BUFFER")]
    [InlineData("""{"status":"asleep"}""", "INVALID_PERFORMER_STATUS")]
    [InlineData("""{"status":0}""", "INVALID_PERFORMER_STATUS")]
    [InlineData("""{"noticeMinutes":-5}""", "INVALID_NOTICE")]
    [InlineData("""{"horizonDays":0}""", "INVALID_HORIZON")]
    [InlineData("""{"policy":{"fullRefundHours":1}}""", "INVALID_CANCELLATION_POLICY")]
    [InlineData(
        """{"policy":{"fullRefundHours":1,"earlyPercent":101,"latePercent":0}}""",
        "INVALID_CANCELLATION_POLICY"
    )]
    public async Task Every_invalid_field_has_its_code(string change, string code)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(Body("pf-invalid"))!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        if (change == "{}")
        {
            body.Remove("performerId");
        }

        (await Admin.Post("/api/v1/admin/performers", body.ToJsonString())).ShouldRefuse(400, code);
        (await Admin.Get("/api/v1/admin/performers/pf-invalid")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
    }

    [Fact, Trait("Spec", "BO-3")]
    public async Task Who_is_not_verified_sees_nothing_who_is_free_an_offer_and_who_is_prime_all()
    {
        await MakeAsync("pf-seen");
        string[] paths = ["/api/v1/performers", "/api/v1/performers/pf-seen", "/api/v1/performers/pf-seen/slots"];
        foreach (var path in paths)
        {
            (await _server.As("user", "pf-unverified").Get(path)).ShouldRefuse(404, "NOT_FOUND");
        }

        await ProfileAsync("pf-free", """{"ageVerified":true,"language":"es"}""");
        await ProfileAsync("pf-prime", """{"ageVerified":true,"prime":true}""");
        foreach (var path in paths)
        {
            var offer = (await _server.As("user", "pf-free").Get(path)).ShouldBe(200).Json.GetProperty("upgrade");
            Assert.Equal("Hazte PRIME", offer.GetProperty("callToAction").GetString());
            Assert.NotEmpty(offer.GetProperty("benefits").EnumerateArray());
            var full = (await _server.As("user", "pf-prime").Get(path)).ShouldBe(200);
            Assert.DoesNotContain("upgrade", full.Members);
        }
    }

    [Fact, Trait("Spec", "BO-2")]
    public async Task Slots_are_instants_with_the_callers_local_time_and_gone_once_held()
    {
        await MakeAsync("pf-slots");
        await ProfileAsync("pf-slots-user", """{"ageVerified":true,"prime":true,"timeZone":"Asia/Kathmandu"}""");
        var user = _server.As("user", "pf-slots-user");
        var day = _server
            .Service<TimeProvider>()
            .GetUtcNow()
            .AddDays(3)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = $"/api/v1/performers/pf-slots/slots?from={day}&to={day}&duration=60&type=audio";

        var slots = (await user.Get(path)).ShouldBe(200);

        Assert.Equal(["performerId", "duration", "type", "timeZone", "price", "slots"], slots.Members);
        Assert.Equal(
            ("60", "audio", "Asia/Kathmandu", """{"currency":"TOKENS","amount":200}"""),
            (slots["duration"], slots["type"], slots["timeZone"], slots["price"])
        );
        // A day of hers by his clock: every quarter of an hour.
        var all = slots.Json.GetProperty("slots").EnumerateArray().ToList();
        Assert.Equal(96, all.Count);
        Assert.Equal($"{day}T00:00:00+05:45", all[0].GetProperty("localStart").GetString());
        var start = all[40].GetProperty("start").GetDateTimeOffset();
        Assert.Equal(
            $"{start.ToOffset(new TimeSpan(5, 45, 0)):yyyy-MM-dd'T'HH:mm:sszzz}",
            all[40].GetProperty("localStart").GetString()
        );

        await Performer("pf-slots").Hold(new HoldTime("bk", start, 60, CallType.Audio, DateTimeOffset.MaxValue));
        var left = (await user.Get($"{path}&timeZone=America/Bogota")).ShouldBe(200);
        Assert.Equal("America/Bogota", left["timeZone"]);
        Assert.DoesNotContain(
            left.Json.GetProperty("slots").EnumerateArray(),
            slot => (slot.GetProperty("start").GetDateTimeOffset() - start).Duration() < TimeSpan.FromHours(1)
        );
    }

    [Theory, Trait("Spec", "BO-2")]
    [InlineData("from=yesterday", "INVALID_DATE_RANGE")]
    [InlineData("from=2026-12-01T10:00:00", "INVALID_DATE_RANGE")]
    [InlineData("from=2026-12-02&to=2026-12-01", "INVALID_DATE_RANGE")]
    [InlineData("from=2026-12-01T10:00:00Z&to=2026-12-01T10:00:00Z", "INVALID_DATE_RANGE")]
    [InlineData("from=2026-12-01&to=2027-02-01", "INVALID_DATE_RANGE")]
    [InlineData("from=0001-01-01&to=0001-01-02", "INVALID_DATE_RANGE")]
    [InlineData("from=9999-12-31&to=9999-12-31", "INVALID_DATE_RANGE")]
    [InlineData("from=9999-12-31T23:00:00Z", "INVALID_DATE_RANGE")]
    [InlineData("duration=45", "INVALID_DURATION")]
    [InlineData("duration=-30", "INVALID_DURATION")]
    [InlineData("duration=99999999999", "INVALID_DURATION")]
    [InlineData("type=hologram", "INVALID_CALL_TYPE")]
    [InlineData("type=0", "INVALID_CALL_TYPE")]
    [InlineData("timeZone=Mars", "INVALID_TIME_ZONE")]
    [InlineData("timeZone=", "INVALID_TIME_ZONE")]
    [InlineData("timeZone=UTC&timeZone=UTC", "INVALID_TIME_ZONE")]
    public async Task A_question_for_slots_that_makes_no_sense_has_its_code(string query, string code)
    {
        await MakeAsync("pf-asked");

        (await Admin.Get($"/api/v1/performers/pf-asked/slots?{query}")).ShouldRefuse(400, code);
    }

    [Fact, Trait("Spec", "BO-1")]
    public async Task A_performer_sets_her_own_hours_and_exceptions_and_nobody_elses()
    {
        await MakeAsync("pf-own");
        var own = _server.As("model", "pf-own");

        var set = await own.Put(
            "/api/v1/me/calendar",
            """
            {"timeZone":"Europe/Madrid","weekly":{"friday":[{"from":"18:00","to":"24:00"}]},
             "exceptions":[{"date":"2026-12-24","hours":[]},{"date":"2026-12-26","hours":[{"from":"10:00","to":"12:00"}]}]}
            """
        );

        Assert.Equal(["performerId", "timeZone", "weekly", "exceptions", "pausedByNoShows"], set.ShouldBe(200).Members);
        Assert.Equal(set.Text, (await own.Get("/api/v1/me/calendar")).ShouldBe(200).Text);
        Assert.Equal("Europe/Madrid", (await Admin.Get("/api/v1/admin/performers/pf-own"))["timeZone"]);
        foreach (
            var (body, code) in new[]
            {
                ("""{"timeZone":"x"}""", "INVALID_TIME_ZONE"),
                ("""{"weekly":{"monday":[{"from":"x","to":"y"}]}}""", "INVALID_HOURS"),
                ("""{"exceptions":[{"date":"2026-13-01"}]}""", "INVALID_EXCEPTIONS"),
                ("""{"exceptions":[null]}""", "INVALID_EXCEPTIONS"),
                ("""{"exceptions":[{"date":"2026-12-01"},{"date":"2026-12-01"}]}""", "INVALID_EXCEPTIONS"),
                ("""{"exceptions":7}""", "INVALID_EXCEPTIONS"),
            }
        )
        {
            (await own.Put("/api/v1/me/calendar", body)).ShouldRefuse(400, code);
        }
        (await _server.As("model", "pf-nobody").Get("/api/v1/me/calendar")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
    }

    [Fact, Trait("Spec", "BO-8")]
    public async Task No_shows_pause_what_users_see_until_an_admin_reopens()
    {
        await MakeAsync("pf-absent");
        var now = _server.Service<TimeProvider>().GetUtcNow();
        for (var number = 0; number < 3; number++)
        {
            await Performer("pf-absent")
                .NoteEnd(
                    new Delivery($"booking/pf-{number}", 1),
                    new CallEnd($"pf-{number}", CallEndKind.PerformerNoShow, now)
                );
        }

        Assert.Equal("paused", (await Admin.Get("/api/v1/performers/pf-absent")).ShouldBe(200)["status"]);
        var reopened = (await Admin.Post("/api/v1/admin/performers/pf-absent/reopen")).ShouldBe(200);
        Assert.Equal(("active", "", "3"), (reopened["status"], reopened["pausedByNoShows"], reopened["noShows"]));
        (await Admin.Post("/api/v1/admin/performers/pf-nobody/reopen")).ShouldRefuse(404, "PERFORMER_NOT_FOUND");
    }

    private static string Body(string id) =>
        $$"""
            {"performerId":"{{id}}","displayName":"Ana","timeZone":"UTC","weekly":{{Week}},"callTypes":["video","audio"],
             "durations":[30,60],"maxDuration":60,"basePrice":100,"bufferBefore":0,"bufferAfter":0,"status":"active"}
            """;

    private static string Amount(Answer performer) =>
        performer.Json.GetProperty("basePrice").GetProperty("amount").ToString();

    private Task<Answer> MakeAsync(string id) => Admin.Post("/api/v1/admin/performers", Body(id));

    private async Task ProfileAsync(string id, string profile) =>
        (await Admin.Put($"/api/v1/admin/users/{id}", profile)).ShouldBe(200);

    private async Task<DateTimeOffset> FirstSlotAsync(string id)
    {
        var slots = (await Admin.Get($"/api/v1/performers/{id}/slots")).ShouldBe(200);
        return slots.Json.GetProperty("slots")[0].GetProperty("start").GetDateTimeOffset();
    }

    private IPerformerGrain Performer(string id) => _server.Service<IGrainFactory>().GetGrain<IPerformerGrain>(id);
}
