using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.ContentPolicy;

/// <summary>What leaves the policy as it is.</summary>
[Trait("Spec", "MO-2")]
public sealed class ContentPolicyRefusalTests(SharedServer shared)
{
    private const string Path = "/api/v1/admin/content-policy";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Theory]
    [InlineData("""{"words":["two words"],"patterns":[]}""", "INVALID_CONTENT_POLICY")]
    [InlineData("""{"words":[null],"patterns":[]}""", "INVALID_CONTENT_POLICY")]
    [InlineData("""{"words":"darn","patterns":[]}""", "INVALID_CONTENT_POLICY")]
    [InlineData("""{"words":["darn"]}""", "INVALID_CONTENT_POLICY")]
    [InlineData("""{"words":[],"patterns":["("]}""", "INVALID_CONTENT_PATTERN")]
    [InlineData("""{"words":[],"patterns":["(a)\\1"]}""", "INVALID_CONTENT_PATTERN")]
    [InlineData("""{"words":[],"patterns":["a*"]}""", "INVALID_CONTENT_PATTERN")]
    [InlineData("""{"words":[],"patterns":[],"version":"1"}""", "INVALID_REQUEST")]
    public async Task A_policy_that_is_none_changes_nothing(string body, string code)
    {
        var before = (await Admin.Get(Path)).ShouldBe(200);
        (await Admin.Put(Path, body)).ShouldRefuse(400, code);
        Assert.Equal(before["version"], (await Admin.Get(Path))["version"]);
    }

    [Fact]
    public async Task What_does_not_exist_is_refused()
    {
        (await Admin.Get(Path + "/versions/1")).ShouldRefuse(404, "VERSION_NOT_FOUND");
        (await Admin.Get(Path + "/versions/x")).ShouldRefuse(404, "VERSION_NOT_FOUND");
        (await Admin.Get(Path + "/versions?limit=0")).ShouldRefuse(400, "INVALID_PAGE");
        (await Admin.Post(Path + "/rollback", """{"version":1}""")).ShouldRefuse(404, "VERSION_NOT_FOUND");
        (await Admin.Post(Path + "/rollback", "{}")).ShouldRefuse(400, "INVALID_REQUEST");
        (await Admin.Post(Path + "/check", """{"text":""}""")).ShouldRefuse(400, "INVALID_REQUEST");
        (await Admin.Post(Path + "/check", $$"""{"text":"{{new string('a', 4_001)}}"}""")).ShouldRefuse(
            400,
            "INVALID_REQUEST"
        );
    }

    [Theory, Trait("Spec", "ID-1")]
    [InlineData("user")]
    [InlineData("model")]
    [InlineData("service")]
    public async Task Only_admins_see_and_change_the_policy(string role)
    {
        var other = _server.As(role);

        (await other.Get(Path)).ShouldRefuse(403, "FORBIDDEN");
        (await other.Put(Path, """{"words":[],"patterns":[]}""")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Post(Path + "/check", """{"text":"x"}""")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Get(Path + "/versions")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Get(Path + "/versions/1")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Post(Path + "/rollback", """{"version":1}""")).ShouldRefuse(403, "FORBIDDEN");
    }
}
