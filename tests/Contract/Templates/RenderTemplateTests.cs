using System.Net;
using System.Text.Json;
using Actors.Contract.Tests.Server;
using static Actors.Contract.Tests.Templates.TemplateScenes;

namespace Actors.Contract.Tests.Templates;

[Trait("Spec", "TE-2")]
public sealed class RenderTemplateTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_service_gets_the_message_with_its_variables_replaced()
    {
        await _server.Mood("render1", "positive", "Dancing today");
        await _server.Create(
            "positive/tip_thank_you/gold",
            "{{userName}} tipped {{modelName}} {{currency}}{{amount}} ({{mood}}, {{tier}}): {{customMessage}}"
        );

        var rendered = await _server
            .Service()
            .Post(
                Render,
                """{"modelId":"render1","templateType":"tip_thank_you","userTier":"gold","variables":{"userName":"John123","amount":50,"currency":"$"}}"""
            );

        Assert.Equal(
            ["renderedMessage", "moodState", "templateId", "version", "variant"],
            rendered.ShouldBe(200).Members
        );
        Assert.Equal("John123 tipped Ana $50 (positive, gold): Dancing today", rendered["renderedMessage"]);
        Assert.Equal("positive", rendered["moodState"]);
    }

    [Theory]
    [InlineData("50", "50")]
    [InlineData("12.50", "12.50")]
    [InlineData("1e3", "1000")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("\"50\"", "50")]
    [InlineData("\"1 000 €\"", "1 000 €")]
    public async Task An_amount_is_a_number_or_a_text(string amount, string shown)
    {
        await _server.Mood("amounts1", "negative");
        await EnsureAsync("negative/tip_thank_you/bronze", "{{amount}}");

        var rendered = await _server
            .Service()
            .Post(
                Render,
                $$$"""{"modelId":"amounts1","templateType":"tip_thank_you","userTier":"bronze","variables":{"amount":{{{amount}}}}}"""
            );

        Assert.Equal(shown, rendered.ShouldBe(200)["renderedMessage"]);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("{{amount}}{{modelName}}")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("&lt;b&gt; '`")]
    [InlineData("😀 日本語 עברית")]
    public async Task No_value_becomes_markup_or_another_variable(string typed)
    {
        await _server.Mood("safe1", "negative");
        await EnsureAsync("negative/tip_thank_you/silver", "[{{userName}}|{{customMessage}}]");
        var value = JsonSerializer.Serialize(typed);

        var rendered = await _server
            .Service()
            .Post(
                Render,
                $$$"""{"modelId":"safe1","templateType":"tip_thank_you","userTier":"silver","variables":{"userName":{{{value}}},"customMessage":{{{value}}},"amount":"7"}}"""
            );

        var message = rendered.ShouldBe(200)["renderedMessage"]!;
        Assert.False(message.AsSpan().ContainsAny("<>\"'`"), message);
        Assert.Equal($"[{typed}|{typed}]", WebUtility.HtmlDecode(message));
    }

    [Fact, Trait("Spec", "MO-2")]
    public async Task What_a_model_typed_as_her_message_is_shown_and_never_run()
    {
        const string typed = "I'm <3 <img src=x onerror=alert(1)> 👩‍👩‍👧‍👦 \"today\"";
        var model = await _server.Model("typed1");
        var change = JsonSerializer.Serialize(new { moodState = "negative", customMessage = typed });
        (await model.Post("/api/v1/mood/update", change)).ShouldBe(200);
        await EnsureAsync("negative/tip_thank_you/platinum", "[{{customMessage}}]");

        var rendered = await _server
            .Service()
            .Post(Render, """{"modelId":"typed1","templateType":"tip_thank_you","userTier":"platinum"}""");

        var message = rendered.ShouldBe(200)["renderedMessage"]!;
        Assert.False(message.AsSpan().ContainsAny("<>\"'`"), message);
        Assert.Equal($"[{typed}]", WebUtility.HtmlDecode(message));
    }

    [Fact]
    public async Task For_a_known_user_name_tier_zone_and_language_come_from_the_profile()
    {
        await _server.Mood("profile1", "positive");
        await _server.Create("positive/auto_response/bronze", "{{userName}} {{tier}} {{date}} {{time}}");
        await _server
            .Admin()
            .Put(
                "/api/v1/admin/users/profile1-user",
                """{"displayName":"Zoë","loyaltyTier":"bronze","language":"es","timeZone":"America/Bogota"}"""
            );

        var rendered = await _server
            .Service()
            .Post(Render, """{"modelId":"profile1","templateType":"auto_response","userId":"profile1-user"}""");

        Assert.Matches(
            @"^Zoë bronze \d{1,2} [a-z]{3,4} \d{4} \d{1,2}:\d\d$",
            rendered.ShouldBe(200)["renderedMessage"]
        );
    }

    [Theory]
    [InlineData("""{"templateType":"greeting"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"modelId":"nobody","templateType":"greeting"}""", 404, "MODEL_NOT_FOUND")]
    [InlineData("""{"modelId":"no body","templateType":"greeting"}""", 404, "MODEL_NOT_FOUND")]
    [InlineData("""{"modelId":7,"templateType":"greeting"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"modelId":"refused1"}""", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("""{"modelId":"refused1","templateType":"hello"}""", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("""{"modelId":"refused1","templateType":3}""", 400, "INVALID_TEMPLATE_TYPE")]
    [InlineData("""{"modelId":"refused1","templateType":"greeting","userTier":"vip"}""", 400, "INVALID_TIER")]
    [InlineData("""{"modelId":"refused1","templateType":"greeting","userId":"no body"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"modelId":"refused1","templateType":"greeting","userId":7}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"modelId":"refused1","templateType":"greeting","variables":[]}""", 400, "INVALID_VARIABLE")]
    [InlineData(
        """{"modelId":"refused1","templateType":"greeting","variables":{"userName":7}}""",
        400,
        "INVALID_VARIABLE"
    )]
    [InlineData(
        """{"modelId":"refused1","templateType":"greeting","variables":{"amount":true}}""",
        400,
        "INVALID_VARIABLE"
    )]
    [InlineData(
        """{"modelId":"refused1","templateType":"greeting","variables":{"amount":1e99}}""",
        400,
        "INVALID_VARIABLE"
    )]
    [InlineData("""{"modelId":"refused1","templateType":"greeting","variables":null}""", 400, "MISSING_VARIABLE")]
    [InlineData(
        """{"modelId":"refused1","templateType":"greeting","variables":{"userName":" "}}""",
        400,
        "MISSING_VARIABLE"
    )]
    public async Task A_bad_request_is_refused_by_its_own_code(string body, int status, string code)
    {
        await _server.Model("refused1");
        (await _server.Service().Post(Render, body)).ShouldRefuse(status, code);
    }

    [Fact]
    public async Task A_missing_value_is_named_and_metered_as_a_failure()
    {
        await _server.Model("missing1");

        var refused = await _server
            .Service()
            .Post(Render, """{"modelId":"missing1","templateType":"tip_thank_you","variables":{"userName":"Bo"}}""");

        Assert.Contains("amount", refused.ShouldRefuse(400, "MISSING_VARIABLE")["message"], StringComparison.Ordinal);
        Assert.Contains(
            "actors_template_render_failures_total",
            await _server.Http.GetStringAsync("/metrics"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Values_and_messages_are_bounded()
    {
        await _server.Mood("bounded1", "negative");
        var often = string.Concat(Enumerable.Repeat("{{userName}}", 33));
        await _server.Create("negative/farewell/bronze", often);

        (await Send(501)).ShouldRefuse(400, "INVALID_VARIABLE");
        (await Send(500)).ShouldRefuse(400, "MESSAGE_TOO_LONG");
        (await Send(400)).ShouldBe(200);

        Task<Answer> Send(int length) =>
            _server
                .Service()
                .Post(
                    Render,
                    $$$"""{"modelId":"bounded1","templateType":"farewell","userTier":"bronze","variables":{"userName":"{{{new string('x', length)}}}"}}"""
                );
    }

    /// <summary>The cases of a theory share one template.</summary>
    private async Task EnsureAsync(string slot, string content)
    {
        var parts = slot.Split('/');
        var listed = await _server.Admin().Get($"{All}?moodState={parts[0]}&templateType={parts[1]}");
        if (
            listed
                .Json.GetProperty("templates")
                .EnumerateArray()
                .All(entry => entry.GetProperty("content").GetString() != content)
        )
        {
            await _server.Create(slot, content);
        }
    }
}
