using System.Text.Json;
using Actors.Contract.Tests.Server;
using static Actors.Contract.Tests.Templates.TemplateScenes;

namespace Actors.Contract.Tests.Templates;

[Trait("Spec", "TE-1")]
public sealed class FindTemplateTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task Anyone_signed_in_finds_the_template_for_the_mood_of_a_model()
    {
        await _server.Model("found1");
        foreach (var role in new[] { "user", "model", "admin", "service" })
        {
            var found = (await _server.As(role).Get(Find("found1"))).ShouldBe(200);
            Assert.Equal(["template", "moodState", "variables", "templateId", "version", "variant"], found.Members);
            Assert.Equal("neutral", found["moodState"]);
            Assert.Contains("{{userName}}", found["template"], StringComparison.Ordinal);
            Assert.Contains(
                "userName",
                found.Json.GetProperty("variables").EnumerateArray().Select(static v => v.GetString())
            );
            Assert.Equal(JsonValueKind.Null, found.Json.GetProperty("variant").ValueKind);
        }
        await _server.Mood("found1", "positive");
        Assert.Equal("positive", (await _server.As("user").Get(Find("found1")))["moodState"]);
    }

    [Fact]
    [Trait("Spec", "TE-5")]
    public async Task A_new_system_answers_for_every_mood_and_type()
    {
        foreach (var mood in new[] { "neutral", "positive", "negative" })
        {
            await _server.Mood("every1", mood);
            foreach (var type in new[] { "greeting", "farewell", "auto_response" })
            {
                Assert.Equal(mood, (await _server.As("user").Get(Find("every1", type))).ShouldBe(200)["moodState"]);
            }
        }
    }

    [Fact]
    public async Task The_exact_tier_comes_before_a_general_template_and_the_profile_tells_the_tier()
    {
        await _server.Mood("tiers1", "negative");
        await _server.Create("negative/greeting/silver", "Silver", ""","priority":0""");
        var user = _server.As("user", "tiers1-user");

        Assert.Equal("Silver", (await user.Get(Find("tiers1", tier: "silver")))["template"]);
        Assert.NotEqual("Silver", (await user.Get(Find("tiers1", tier: "gold")))["template"]);
        Assert.NotEqual("Silver", (await user.Get(Find("tiers1")))["template"]);

        await _server.Admin().Put("/api/v1/admin/users/tiers1-user", """{"loyaltyTier":"silver"}""");
        Assert.Equal("Silver", (await user.Get(Find("tiers1")))["template"]);
    }

    [Theory]
    [InlineData("/api/v1/mood/template?templateType=greeting", 400, "INVALID_REQUEST")]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=greeting", 404, "MODEL_NOT_FOUND")]
    [InlineData("/api/v1/mood/template?modelId=no%20body&templateType=greeting", 404, "MODEL_NOT_FOUND")]
    [InlineData("/api/v1/mood/template?modelId=&templateType=greeting", 404, "MODEL_NOT_FOUND")]
    [InlineData("/api/v1/mood/template?modelId=nobody", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=hello", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=Greeting", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=0", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData(
        "/api/v1/mood/template?modelId=nobody&templateType=greeting&templateType=farewell",
        400,
        "INVALID_TEMPLATE_TYPE"
    )]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=greeting&userTier=vip", 400, "INVALID_TIER")]
    [InlineData("/api/v1/mood/template?modelId=nobody&templateType=greeting&userTier=", 400, "INVALID_TIER")]
    public async Task A_bad_question_is_refused_by_its_own_code(string path, int status, string code) =>
        (await _server.As("user").Get(path)).ShouldRefuse(status, code);

    [Fact]
    public async Task Without_an_active_template_there_is_none_until_one_is_active_again()
    {
        const string slot = "/api/v1/admin/mood/template/negative-tip-thank-you";
        await _server.Mood("none1", "negative");
        (
            await _server
                .Admin()
                .Put(slot, """{"moodState":"negative","templateType":"tip_thank_you","content":"Off","active":false}""")
        ).ShouldBe(200);

        var refused = (await _server.As("user").Get(Find("none1", "tip_thank_you"))).ShouldRefuse(
            404,
            "TEMPLATE_NOT_FOUND"
        );

        Assert.Equal("No template found for the specified criteria", refused["message"]);
        (await _server.Admin().Post($"{slot}/rollback", """{"version":1}""")).ShouldBe(200);
        (await _server.As("user").Get(Find("none1", "tip_thank_you"))).ShouldBe(200);
    }

    [Fact]
    [Trait("Spec", "TE-4")]
    public async Task A_user_gets_the_same_variant_whenever_and_however_it_is_asked_for()
    {
        await _server.Mood("variants1", "negative");
        await _server.Create(
            "negative/farewell/platinum",
            "Own",
            ""","variants":[{"name":"a","content":"A","weight":50},{"name":"b","content":"B","weight":50}]"""
        );
        var seen = new HashSet<string>();
        for (var user = 0; user < 20; user++)
        {
            var path = Find("variants1", "farewell", "platinum");
            var found = (await _server.As("user", $"user{user}").Get(path)).ShouldBe(200);
            var rendered = await _server
                .Service()
                .Post(
                    Render,
                    $$"""{"modelId":"variants1","templateType":"farewell","userTier":"platinum","userId":"user{{user}}"}"""
                );
            Assert.Equal(found["variant"], rendered["variant"]);
            Assert.Equal(found["template"], rendered["renderedMessage"]);
            seen.Add(found["variant"]!);
        }
        Assert.Equal(["a", "b"], seen.Order());
    }
}
