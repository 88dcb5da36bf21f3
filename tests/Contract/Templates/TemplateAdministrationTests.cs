using System.Text.Json;
using Actors.Contract.Tests.Server;
using static Actors.Contract.Tests.Templates.TemplateScenes;

namespace Actors.Contract.Tests.Templates;

[Trait("Spec", "TE-3")]
public sealed class TemplateAdministrationTests(SharedServer shared)
{
    private static readonly string[] SavedMembers =
    [
        "id",
        "moodState",
        "templateType",
        "tierLevel",
        "content",
        "priority",
        "active",
        "createdAt",
        "createdBy",
        "updatedAt",
        "updatedBy",
        "version",
        "variables",
        "tags",
        "variants",
    ];

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_template_is_used_as_soon_as_it_is_created()
    {
        await _server.Mood("admin1", "positive");

        var created = await _server
            .Admin()
            .Post(
                Template,
                Draft(
                    "positive/farewell/silver",
                    "Bye {{userName}}",
                    ""","priority":7,"active":true,"tags":["winter"]"""
                )
            );

        Assert.Equal(SavedMembers, created.ShouldBe(200).Members);
        Assert.Equal(
            ("positive", "farewell", "silver", "Bye {{userName}}", "7", "True", "root", "1"),
            (
                created["moodState"],
                created["templateType"],
                created["tierLevel"],
                created["content"],
                created["priority"],
                created["active"],
                created["createdBy"],
                created["version"]
            )
        );
        Assert.Equal(created["createdAt"], created["updatedAt"]);
        var found = await _server.As("user").Get(Find("admin1", "farewell", "silver"));
        Assert.Equal((created["id"], "Bye {{userName}}"), (found["templateId"], found["template"]));
    }

    [Fact]
    public async Task Members_that_are_left_out_take_their_defaults()
    {
        var created = await _server
            .Admin()
            .Post(
                Template,
                """{"moodState":"neutral","templateType":"farewell","content":"Plain","active":false,"tierLevel":null}"""
            );

        Assert.Equal(JsonValueKind.Null, created.ShouldBe(200).Json.GetProperty("tierLevel").ValueKind);
        Assert.Equal("100", created["priority"]);
        Assert.Equal("[]", created["tags"]);
        Assert.Equal("[]", created["variants"]);
    }

    [Fact]
    public async Task A_change_is_a_version_of_its_author_and_any_version_comes_back()
    {
        await _server.Mood("admin2", "positive");
        var id = await _server.Create("positive/farewell/bronze", "One");
        var eva = _server.As("admin", "eva");

        var changed = await eva.Put($"{Template}/{id}", Draft("positive/farewell/bronze", "Two"));
        Assert.Equal(
            ("2", "eva", "root"),
            (changed.ShouldBe(200)["version"], changed["updatedBy"], changed["createdBy"])
        );
        Assert.Equal("Two", await UsedAsync());

        var again = await eva.Put($"{Template}/{id}", Draft("positive/farewell/bronze", "Two"));
        Assert.Equal("2", again.ShouldBe(200)["version"]);

        var restored = await _server.Admin().Post($"{Template}/{id}/rollback", """{"version":1}""");
        Assert.Equal(SavedMembers, restored.ShouldBe(200).Members);
        Assert.Equal(("3", "One"), (restored["version"], await UsedAsync()));

        var versions = (await eva.Get($"{Template}/{id}/versions?limit=2")).ShouldBe(200);
        Assert.Equal(["versions", "total", "limit", "offset"], versions.Members);
        Assert.Equal(("3", "2", "0"), (versions["total"], versions["limit"], versions["offset"]));
        Assert.Equal(
            [("3", "One", "root", "1"), ("2", "Two", "eva", "")],
            versions
                .Json.GetProperty("versions")
                .EnumerateArray()
                .Select(static v =>
                    (Text(v, "version"), Text(v, "content"), Text(v, "changedBy"), Text(v, "restoredVersion"))
                )
        );

        async Task<string?> UsedAsync() =>
            (await _server.As("user").Get(Find("admin2", "farewell", "bronze")))["template"];
    }

    [Fact]
    public async Task Who_edits_an_old_version_is_told_instead_of_overwriting_the_new_one()
    {
        var id = await _server.Create("positive/farewell/platinum", "One");
        const string version = ""","version":1""";

        (await Put("Two")).ShouldBe(200);
        (await Put("Three")).ShouldRefuse(409, "VERSION_CONFLICT");
        // The same change sent twice is no conflict.
        Assert.Equal("2", (await Put("Two")).ShouldBe(200)["version"]);

        Task<Answer> Put(string content) =>
            _server.Admin().Put($"{Template}/{id}", Draft("positive/farewell/platinum", content, version));
    }

    [Theory]
    [InlineData("""{"templateType":"greeting","content":"x"}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":"sad","templateType":"greeting","content":"x"}""", "INVALID_MOOD_STATE")]
    [InlineData("""{"moodState":"positive","content":"x"}""", "INVALID_TEMPLATE_TYPE")]
    [InlineData("""{"moodState":"positive","templateType":"hello","content":"x"}""", "INVALID_TEMPLATE_TYPE")]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","tierLevel":"vip"}""",
        "INVALID_TIER"
    )]
    [InlineData("""{"moodState":"positive","templateType":"greeting"}""", "INVALID_TEMPLATE")]
    [InlineData("""{"moodState":"positive","templateType":"greeting","content":7}""", "INVALID_TEMPLATE")]
    [InlineData("""{"moodState":"positive","templateType":"greeting","content":"{{nobody}}"}""", "INVALID_TEMPLATE")]
    [InlineData("""{"moodState":"positive","templateType":"greeting","content":"{{userName"}""", "INVALID_TEMPLATE")]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","priority":1001}""",
        "INVALID_TEMPLATE"
    )]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","priority":1.5}""",
        "INVALID_TEMPLATE"
    )]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","active":"yes"}""",
        "INVALID_TEMPLATE"
    )]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","tags":[null]}""",
        "INVALID_TEMPLATE"
    )]
    [InlineData("""{"moodState":"positive","templateType":"greeting","content":"x","tags":"a"}""", "INVALID_TEMPLATE")]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","variants":[null]}""",
        "INVALID_TEMPLATE"
    )]
    [InlineData(
        """{"moodState":"positive","templateType":"greeting","content":"x","variants":[{"name":"a","content":"A","weight":99}]}""",
        "INVALID_TEMPLATE"
    )]
    public async Task What_may_not_be_saved_is_refused_by_its_own_code(string body, string code)
    {
        (await _server.Admin().Post(Template, body)).ShouldRefuse(400, code);
        (await _server.Admin().Put(Template + "/positive-greeting", body)).ShouldRefuse(400, code);

        var after = (await _server.Admin().Get(Template + "/positive-greeting/versions")).ShouldBe(200);
        Assert.Equal("1", after["total"]);
    }

    [Fact]
    public async Task The_refusal_names_the_unknown_variable()
    {
        var refused = await _server.Admin().Post(Template, Draft("positive/greeting/bronze", "Hi {{firstName}}"));

        Assert.Contains(
            "firstName",
            refused.ShouldRefuse(400, "INVALID_TEMPLATE")["message"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"version":2}""", 404, "VERSION_NOT_FOUND")]
    [InlineData("""{"version":0}""", 404, "VERSION_NOT_FOUND")]
    [InlineData("""{"version":"1"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{}""", 400, "INVALID_REQUEST")]
    public async Task A_rollback_names_a_version_that_exists(string body, int status, string code) =>
        (await _server.Admin().Post(Template + "/neutral-auto-response/rollback", body)).ShouldRefuse(status, code);

    [Fact]
    public async Task A_template_that_does_not_exist_is_not_found()
    {
        var admin = _server.Admin();
        (await admin.Put(Template + "/none", Draft("positive/greeting/bronze", "x"))).ShouldRefuse(
            404,
            "TEMPLATE_NOT_FOUND"
        );
        (await admin.Get(Template + "/none/versions")).ShouldRefuse(404, "TEMPLATE_NOT_FOUND");
        (await admin.Post(Template + "/none/rollback", """{"version":1}""")).ShouldRefuse(404, "TEMPLATE_NOT_FOUND");
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged()
    {
        const string more = ""","active":false,"tags":["listed"]""";
        foreach (var content in new[] { "L1", "L2", "L3" })
        {
            await _server.Create("negative/auto_response/gold", content, more);
        }

        var all = (await _server.Admin().Get(All + "?moodState=negative&active=false&tag=listed")).ShouldBe(200);
        Assert.Equal(["templates", "total", "limit", "offset"], all.Members);
        Assert.Equal(("3", "100", "0"), (all["total"], all["limit"], all["offset"]));
        var first = all.Json.GetProperty("templates")[0];
        Assert.Equal(
            [.. SavedMembers, "usageCount", "successRate"],
            first.EnumerateObject().Select(static member => member.Name)
        );

        var page = await _server.Admin().Get(All + "?tag=listed&templateType=auto_response&limit=2&offset=2");
        Assert.Equal(("3", 1), (page["total"], page.Json.GetProperty("templates").GetArrayLength()));
        Assert.Equal("0", (await _server.Admin().Get(All + "?tag=listed&active=true"))["total"]);
        Assert.Equal("0", (await _server.Admin().Get(All + "?tag=listed&moodState=positive"))["total"]);
    }

    [Theory]
    [InlineData("?moodState=sad", "INVALID_MOOD_STATE")]
    [InlineData("?templateType=hello", "INVALID_TEMPLATE_TYPE")]
    [InlineData("?active=maybe", "INVALID_REQUEST")]
    [InlineData("?active=true&active=false", "INVALID_REQUEST")]
    [InlineData("?limit=0", "INVALID_PAGE")]
    [InlineData("?limit=101", "INVALID_PAGE")]
    [InlineData("?offset=-1", "INVALID_PAGE")]
    public async Task A_bad_filter_is_refused_by_its_own_code(string query, string code) =>
        (await _server.Admin().Get(All + query)).ShouldRefuse(400, code);

    [Fact]
    [Trait("Spec", "TE-4")]
    public async Task Uses_and_outcomes_show_in_the_list_per_template_and_variant()
    {
        await _server.Mood("counts1", "positive");
        var id = await _server.Create(
            "positive/auto_response/silver",
            "Own",
            ""","tags":["counts"],"variants":[{"name":"only","content":"Only","weight":100}]"""
        );
        for (var use = 0; use < 4; use++)
        {
            (
                await _server
                    .Service()
                    .Post(
                        Render,
                        """{"modelId":"counts1","templateType":"auto_response","userTier":"silver","userId":"bo"}"""
                    )
            ).ShouldBe(200);
        }
        foreach (var success in new[] { "true", "true", "true", "false" })
        {
            var told = await Tell(id, $$"""{"variant":"only","success":{{success}}}""");
            Assert.Equal(["templateId", "variant", "success"], told.ShouldBe(202).Members);
        }

        // A use is told one way, so it may arrive after the message.
        var listed = await Listed("counts");
        for (var look = 0; look < 100 && Text(listed, "usageCount") != "4"; look++)
        {
            listed = await Listed("counts");
        }
        Assert.Equal("4", Text(listed, "usageCount"));
        Assert.Equal("0.75", Text(listed, "successRate"));
        var variant = listed.GetProperty("variants")[0];
        Assert.Equal(
            ("only", "4", "0.75"),
            (Text(variant, "name"), Text(variant, "usageCount"), Text(variant, "successRate"))
        );
        (await Tell(id, """{"variant":"never","success":true}""")).ShouldRefuse(400, "INVALID_VARIANT");
        (await Tell(id, """{"variant":7,"success":true}""")).ShouldRefuse(400, "INVALID_VARIANT");
        (await Tell(id, """{"success":"yes"}""")).ShouldRefuse(400, "INVALID_REQUEST");
        (await Tell(id, """{}""")).ShouldRefuse(400, "INVALID_REQUEST");
        (await Tell("none", """{"success":true}""")).ShouldRefuse(404, "TEMPLATE_NOT_FOUND");
    }

    private async Task<JsonElement> Listed(string tag) =>
        (await _server.Admin().Get($"{All}?tag={tag}")).ShouldBe(200).Json.GetProperty("templates")[0];

    private Task<Answer> Tell(string id, string body) =>
        _server.Service().Post($"/api/v1/mood/template/{id}/outcome", body);

    private static string Text(JsonElement element, string member) => element.GetProperty(member).ToString();
}
