using System.Globalization;
using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Moods;

public sealed class MoodContractTests(SharedServer shared)
{
    private const string Update = "/api/v1/mood/update";

    private static readonly string[] MoodMembers =
    [
        "modelId",
        "moodState",
        "customMessage",
        "autoRespond",
        "responseDelay",
        "expiresAt",
        "lastUpdated",
        "updatedBy",
    ];

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    private static string InOneHour =>
        TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [Fact]
    [Trait("Spec", "MO-1")]
    public async Task A_mood_is_neutral_until_it_is_changed_and_anyone_signed_in_may_see_it()
    {
        await _server.Model("neutral1");
        foreach (var role in new[] { "user", "model", "admin", "service" })
        {
            var mood = (await _server.As(role).Get("/api/v1/mood/neutral1")).ShouldBe(200);
            Assert.Equal("application/json", mood.MediaType);
            Assert.Equal(MoodMembers, mood.Members);
            Assert.Equal("neutral1", mood["modelId"]);
            Assert.Equal("neutral", mood["moodState"]);
            Assert.Equal(JsonValueKind.Null, mood.Json.GetProperty("customMessage").ValueKind);
            Assert.False(mood.Json.GetProperty("autoRespond").GetBoolean());
            Assert.Equal(0, mood.Json.GetProperty("responseDelay").GetInt32());
            Assert.Equal(JsonValueKind.Null, mood.Json.GetProperty("expiresAt").ValueKind);
            Assert.Contains(mood["updatedBy"], new[] { "model", "admin" });
        }
    }

    [Fact]
    [Trait("Spec", "MO-2")]
    public async Task A_change_is_answered_and_then_read_by_others()
    {
        var model = await _server.Model("change1");
        var body =
            $$"""{"moodState":"positive","customMessage":"Feeling great today!","autoRespond":true,"responseDelay":30,"expiresAt":"{{InOneHour}}"}""";
        var changed = (await model.Post(Update, body)).ShouldBe(200);
        Assert.Equal(MoodMembers, changed.Members);
        Assert.Equal("positive", changed["moodState"]);
        Assert.Equal("Feeling great today!", changed["customMessage"]);
        Assert.Equal("model", changed["updatedBy"]);
        Assert.Equal(30, changed.Json.GetProperty("responseDelay").GetInt32());
        Assert.True(changed.Json.GetProperty("autoRespond").GetBoolean());
        var read = await _server.As("user").Get("/api/v1/mood/change1");
        Assert.Equal(changed.Text, read.Text);
    }

    [Fact]
    [Trait("Spec", "MO-2")]
    public async Task Members_that_are_left_out_take_their_defaults()
    {
        var model = await _server.Model("defaults1");
        await model.Post(
            Update,
            """{"moodState":"positive","customMessage":"x","autoRespond":true,"responseDelay":9}"""
        );
        var changed = (await model.Post(Update, """{"moodState":"negative","unknown":1}""")).ShouldBe(200);
        Assert.Equal(JsonValueKind.Null, changed.Json.GetProperty("customMessage").ValueKind);
        Assert.Equal("False", changed["autoRespond"]);
        Assert.Equal("0", changed["responseDelay"]);
        Assert.Equal(JsonValueKind.Null, changed.Json.GetProperty("expiresAt").ValueKind);
    }

    [Theory]
    [Trait("Spec", "MO-2")]
    [InlineData("{}", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":null}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":"happy"}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":"Positive"}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":1}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":{"a":1}}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":"neutral","customMessage":7}""", "INVALID_CUSTOM_MESSAGE")]
    [InlineData("""{"moodState":"neutral","customMessage":["a"]}""", "INVALID_CUSTOM_MESSAGE")]
    [InlineData("""{"moodState":"neutral","customMessage":"\ud800"}""", "INVALID_CUSTOM_MESSAGE")]
    [InlineData("""{"moodState":"neutral","responseDelay":-1}""", "INVALID_RESPONSE_DELAY")]
    [InlineData("""{"moodState":"neutral","responseDelay":301}""", "INVALID_RESPONSE_DELAY")]
    [InlineData("""{"moodState":"neutral","responseDelay":1.5}""", "INVALID_RESPONSE_DELAY")]
    [InlineData("""{"moodState":"neutral","responseDelay":"30"}""", "INVALID_RESPONSE_DELAY")]
    [InlineData("""{"moodState":"neutral","responseDelay":99999999999}""", "INVALID_RESPONSE_DELAY")]
    [InlineData("""{"moodState":"neutral","expiresAt":"2001-01-01T00:00:00Z"}""", "INVALID_EXPIRES_AT")]
    [InlineData("""{"moodState":"neutral","expiresAt":"2090-01-01T00:00:00"}""", "INVALID_EXPIRES_AT")]
    [InlineData("""{"moodState":"neutral","expiresAt":"soon"}""", "INVALID_EXPIRES_AT")]
    [InlineData("""{"moodState":"neutral","expiresAt":4102444800}""", "INVALID_EXPIRES_AT")]
    [InlineData("""{"moodState":"neutral","autoRespond":"yes"}""", "INVALID_REQUEST")]
    public async Task A_wrong_member_refuses_the_whole_change_with_its_own_code(string body, string code)
    {
        var model = await _server.Model("wrong1");
        (await model.Post(Update, body)).ShouldRefuse(400, code);
        Assert.Equal("neutral", (await model.Get("/api/v1/mood/wrong1"))["moodState"]);
        Assert.Equal("0", (await model.Get("/api/v1/mood/wrong1/history"))["total"]);
    }

    [Fact]
    [Trait("Spec", "MO-2")]
    public async Task A_message_of_200_characters_is_taken_and_one_more_is_not()
    {
        var model = await _server.Model("long1");
        string Body(int length) => $$"""{"moodState":"neutral","customMessage":"{{new string('a', length)}}"}""";
        (await model.Post(Update, Body(200))).ShouldBe(200);
        (await model.Post(Update, Body(201))).ShouldRefuse(400, "INVALID_CUSTOM_MESSAGE");
    }

    [Theory]
    [Trait("Spec", "MO-2")]
    [InlineData("😊")]
    [InlineData("👩‍👩‍👧‍👦")]
    public async Task An_emoji_is_one_character_of_a_message(string emoji)
    {
        var model = await _server.Model("emoji1");
        string Body(int length) =>
            $$"""{"moodState":"neutral","customMessage":"{{string.Concat(Enumerable.Repeat(emoji, length))}}"}""";
        Assert.Equal(
            string.Concat(Enumerable.Repeat(emoji, 200)),
            (await model.Post(Update, Body(200))).ShouldBe(200)["customMessage"]
        );
        (await model.Post(Update, Body(201))).ShouldRefuse(400, "INVALID_CUSTOM_MESSAGE");
    }

    /// <summary>Nested markup in a text that is far too long kept a core busy for seconds once.</summary>
    [Theory]
    [Trait("Spec", "MO-2")]
    [InlineData(
        "POST",
        "/api/v1/admin/mood/hostile1/update",
        """{"moodState":"neutral","reason":"TEXT"}""",
        "REASON_REQUIRED"
    )]
    [InlineData(
        "POST",
        "/api/v1/mood/update",
        """{"moodState":"neutral","customMessage":"TEXT"}""",
        "INVALID_CUSTOM_MESSAGE"
    )]
    public async Task The_longest_hostile_text_is_refused_at_once(string method, string path, string body, string code)
    {
        var model = await _server.Model("hostile1");
        var text = string.Concat(Enumerable.Repeat("<a", 15_000)) + new string('>', 15_000);
        var caller = path.Contains("admin", StringComparison.Ordinal) ? Admin : model;
        var started = TimeProvider.System.GetTimestamp();
        for (var repeat = 0; repeat < 5; repeat++)
        {
            (
                await caller.Send(new HttpMethod(method), path, body.Replace("TEXT", text, StringComparison.Ordinal))
            ).ShouldRefuse(400, code);
        }
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    [Trait("Spec", "MO-2")]
    public async Task A_message_comes_back_as_typed_and_can_never_run_as_script_where_it_is_rendered()
    {
        const string typed = "I <3 you <script>alert(1)</script><b onclick='x()'>hi</b>";
        var model = await _server.Model("script1");
        var changed = await model.Post(
            Update,
            JsonSerializer.Serialize(new { moodState = "neutral", customMessage = typed })
        );
        changed.ShouldBe(200);
        Assert.Equal(typed, changed["customMessage"]);
        // Even an app that puts the answer into a page as it is makes no markup of it.
        Assert.DoesNotContain("<", changed.Text, StringComparison.Ordinal);
        Assert.Equal("nosniff", changed.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    [Trait("Spec", "ID-3")]
    public async Task A_model_changes_nothing_before_she_is_registered_and_has_accepted_the_terms()
    {
        const string body = """{"moodState":"positive"}""";
        var eva = _server.As("model", "eva");
        (await eva.Post(Update, body)).ShouldRefuse(404, "MODEL_NOT_FOUND");
        await Admin.Put("/api/v1/admin/models/eva", """{"displayName":"Eva"}""");
        (await eva.Post(Update, body)).ShouldRefuse(403, "TERMS_NOT_ACCEPTED");
        await eva.Post("/api/v1/me/mood-terms");
        (await eva.Post(Update, body)).ShouldBe(200);
    }

    [Fact]
    [Trait("Spec", "MO-3")]
    public async Task The_51st_change_within_an_hour_is_refused_until_the_oldest_is_an_hour_old()
    {
        var model = await _server.Model("busy1");
        var before = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 50; i++)
        {
            (await model.Post(Update, """{"moodState":"positive"}""")).ShouldBe(200);
        }
        var refused = (await model.Post(Update, """{"moodState":"neutral"}""")).ShouldRefuse(
            429,
            "RATE_LIMIT_EXCEEDED"
        );
        Assert.Equal("Maximum 50 mood changes per hour exceeded", refused["message"]);
        var resetTime = refused.Json.GetProperty("resetTime").GetDateTimeOffset();
        Assert.InRange(resetTime, before.AddHours(1), TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 3500, 3600);
        // An admin's override does not count and is not counted.
        (await Admin.Post("/api/v1/admin/mood/busy1/update", """{"moodState":"neutral","reason":"calm"}""")).ShouldBe(
            200
        );
    }

    [Fact]
    [Trait("Spec", "MO-6")]
    public async Task An_override_is_answered_with_its_reason_and_needs_one()
    {
        await _server.Model("override1");
        const string path = "/api/v1/admin/mood/override1/update";
        var done = (await Admin.Post(path, """{"moodState":"negative","reason":"Inappropriate message"}""")).ShouldBe(
            200
        );
        Assert.Equal(["modelId", "moodState", "lastUpdated", "updatedBy", "adminReason"], done.Members);
        Assert.Equal("admin", done["updatedBy"]);
        Assert.Equal("Inappropriate message", done["adminReason"]);
        Assert.Equal("admin", (await _server.As("user").Get("/api/v1/mood/override1"))["updatedBy"]);
        (await Admin.Post(path, """{"moodState":"negative"}""")).ShouldRefuse(400, "REASON_REQUIRED");
        (await Admin.Post(path, """{"moodState":"negative","reason":"  "}""")).ShouldRefuse(400, "REASON_REQUIRED");
        (await Admin.Post(path, """{"moodState":"negative","reason":5}""")).ShouldRefuse(400, "REASON_REQUIRED");
        (await Admin.Post(path, """{"reason":"x"}""")).ShouldRefuse(400, "INVALID_MOOD_STATE");
        (await Admin.Post(path, """{"moodState":"neutral","reason":"x","customMessage":1}""")).ShouldRefuse(
            400,
            "INVALID_CUSTOM_MESSAGE"
        );
        (await Admin.Post(path, """{"moodState":"neutral","reason":"x","expiresAt":"no"}""")).ShouldRefuse(
            400,
            "INVALID_EXPIRES_AT"
        );
        (await Admin.Post("/api/v1/admin/mood/nobody/update", """{"moodState":"neutral","reason":"x"}""")).ShouldRefuse(
            404,
            "MODEL_NOT_FOUND"
        );
    }

    [Fact]
    [Trait("Spec", "MO-1")]
    public async Task A_model_that_nobody_registered_has_no_mood()
    {
        var user = _server.As("user");
        (await user.Get("/api/v1/mood/unheard-of")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await user.Get("/api/v1/mood/unheard-of/history")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await Admin.Get("/api/v1/admin/mood/unheard-of/history")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await Admin.Get("/api/v1/admin/mood/not.an.id/history")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }
}
