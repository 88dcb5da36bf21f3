using System.Text.Json;
using Actors.Contract.Tests.Menus;
using Actors.Contract.Tests.Server;
using Actors.Contract.Tests.Templates;

namespace Actors.Contract.Tests.ContentPolicy;

/// <summary>The policy is one for all, so these tests have a server of their own.</summary>
[Trait("Spec", "MO-2")]
public sealed class ContentPolicyContractTests : IAsyncLifetime
{
    private const string Path = "/api/v1/admin/content-policy";
    private const string Update = "/api/v1/mood/update";

    private ApiServer _server = null!;

    private ApiClient Admin => _server.As("admin", "root");

    public async ValueTask InitializeAsync() => _server = await ApiServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_policy_is_set_read_checked_and_rolled_back()
    {
        var empty = (await Admin.Get(Path)).ShouldBe(200);
        Assert.Equal(["version", "words", "patterns", "changedAt", "changedBy", "restoredVersion"], empty.Members);
        Assert.Equal(("0", JsonValueKind.Null), (empty["version"], empty.Json.GetProperty("changedAt").ValueKind));

        var set = (await Put("""{"words":["darn"],"patterns":["t\\W*me/\\w+"],"version":0}""")).ShouldBe(200);
        Assert.Equal(("1", "root"), (set["version"], set["changedBy"]));
        (await Put("""{"words":[],"patterns":[],"version":1}""")).ShouldBe(200);
        (await Put("""{"words":["heck"],"patterns":[],"version":1}""")).ShouldRefuse(409, "VERSION_CONFLICT");
        var back = (await Admin.Post(Path + "/rollback", """{"version":1,"expectedVersion":2}""")).ShouldBe(200);
        Assert.Equal(("3", "1"), (back["version"], back["restoredVersion"]));

        var versions = (await Admin.Get(Path + "/versions?limit=2")).ShouldBe(200);
        Assert.Equal(["versions", "total", "limit", "offset"], versions.Members);
        Assert.Equal(
            [(3, 1, 1), (2, 0, 0)],
            versions
                .Json.GetProperty("versions")
                .EnumerateArray()
                .Select(one => (Number(one, "version"), Number(one, "wordCount"), Number(one, "patternCount")))
        );
        Assert.Contains("darn", (await Admin.Get(Path + "/versions/1")).ShouldBe(200).Text, StringComparison.Ordinal);

        var check = (await Admin.Post(Path + "/check", """{"text":"Well, d4rn it: T.me/ana"}""")).ShouldBe(200);
        Assert.Equal(
            """{"allowed":false,"matches":[{"kind":"word","entry":"darn","start":6,"length":4},{"kind":"pattern","entry":"t\\W*me/\\w\u002B","start":15,"length":8}]}""",
            check.Text.Replace("+", "\\u002B", StringComparison.Ordinal)
        );
        Assert.Equal(
            """{"allowed":true,"matches":[]}""",
            (await Admin.Post(Path + "/check", """{"text":"Well"}""")).ShouldBe(200).Text
        );
    }

    [Fact]
    public async Task A_prohibited_text_is_refused_at_every_place_and_the_list_is_not_told()
    {
        var ana = await _server.Model("cp-ana");
        var menu = await ana.MakeMenu();
        (await Put("""{"words":["darn"],"patterns":["call\\s*me"]}""")).ShouldBe(200);
        Answer[] refused =
        [
            (await ana.Post(Update, """{"moodState":"positive","customMessage":"D4RN!"}""")).ShouldRefuse(
                400,
                "INVALID_CUSTOM_MESSAGE"
            ),
            (await ana.Post(Update, """{"moodState":"positive","customMessage":"call  me"}""")).ShouldRefuse(
                400,
                "INVALID_CUSTOM_MESSAGE"
            ),
            (
                await Admin.Post(
                    "/api/v1/admin/mood/cp-ana/update",
                    """{"moodState":"neutral","reason":"x","customMessage":"darn"}"""
                )
            ).ShouldRefuse(400, "INVALID_CUSTOM_MESSAGE"),
            (
                await Admin.Post(
                    TemplateScenes.Template,
                    TemplateScenes.Draft("positive/greeting/gold", "Darn {{userName}}")
                )
            ).ShouldRefuse(400, "INVALID_TEMPLATE"),
            (await ana.Put("/api/v1/me", """{"displayName":"Darn"}""")).ShouldRefuse(400, "INVALID_PROFILE"),
            (await _server.As("user", "cp-bo").Put("/api/v1/me", """{"displayName":"Darn"}""")).ShouldRefuse(
                400,
                "INVALID_PROFILE"
            ),
            (await Admin.Put("/api/v1/admin/users/cp-bo", """{"displayName":"Darn"}""")).ShouldRefuse(
                400,
                "INVALID_PROFILE"
            ),
            (await Admin.Put("/api/v1/admin/models/cp-eva", """{"displayName":"Darn"}""")).ShouldRefuse(
                400,
                "INVALID_PROFILE"
            ),
            (await ana.Post("/menu", """{"name":"Darn"}""")).ShouldRefuse(400, "INVALID_MENU"),
            (await ana.Put($"/menu/{menu["_id"]}", """{"description":"darn"}""")).ShouldRefuse(400, "INVALID_MENU"),
            (await ana.Post($"/menu/{menu["_id"]}/items", """{"name":"Darn","token_value":5}""")).ShouldRefuse(
                400,
                "INVALID_ITEM"
            ),
        ];

        Assert.All(
            refused,
            static answer =>
            {
                Assert.Contains("not allowed", answer["message"], StringComparison.Ordinal);
                Assert.DoesNotContain("darn", answer.Text, StringComparison.OrdinalIgnoreCase);
            }
        );
        (await ana.Post(Update, """{"moodState":"positive","customMessage":"darning socks"}""")).ShouldBe(200);
    }

    private Task<Answer> Put(string body) => Admin.Put(Path, body);

    private static int Number(JsonElement entry, string member) => entry.GetProperty(member).GetInt32();
}
