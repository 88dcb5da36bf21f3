using System.Net;
using Actors.Contract.Tests.Pages;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Identity;

namespace Actors.Contract.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class RevocationTests(SharedServer shared)
{
    private const string Path = "/api/v1/admin/revocations";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    public async Task A_revoked_subject_is_refused_at_once_and_signs_in_anew()
    {
        var (stolen, other) = (_server.As("user", "rv-bo"), _server.As("user", "rv-cleo"));
        (await stolen.Get("/api/v1/me")).ShouldBe(200);
        (await other.Get("/api/v1/me")).ShouldBe(200);

        var revoked = (await Admin.Post(Path, """{"subject":"rv-bo","reason":"Stolen phone"}""")).ShouldBe(200);

        Assert.Equal(["subject", "role", "jti", "reason", "revokedBy", "revokedAt", "until"], revoked.Members);
        Assert.Equal(("rv-bo", "Stolen phone", "root"), (revoked["subject"], revoked["reason"], revoked["revokedBy"]));
        (await stolen.Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
        (await other.Get("/api/v1/me")).ShouldBe(200);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);
        (await _server.As("user", "rv-bo").Get("/api/v1/me")).ShouldBe(200);
        (await stolen.Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_revocation_with_a_role_leaves_those_of_another_role_with_the_same_id_alone()
    {
        var (user, service) = (_server.As("user", "rv-twin"), _server.As("service", "rv-twin"));
        var browser = new BrowserVisit(_server);
        using var _ = browser;
        await browser.SignIn(_server.Token("admin", "rv-twin"));

        var body = """{"subject":"rv-twin","role":"user","reason":"Stolen phone"}""";
        Assert.Equal("user", (await Admin.Post(Path, body)).ShouldBe(200)["role"]);

        (await user.Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
        (await service.Get("/api/v1/notifications")).ShouldBe(200);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);

        (await Admin.Post(Path, """{"subject":"rv-twin","reason":"All of them"}""")).ShouldBe(200);
        (await service.Get("/api/v1/notifications")).ShouldRefuse(401, "TOKEN_REVOKED");
        Assert.Equal("/signin", (await browser.Open("/dashboard/")).Location);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_and_no_other_of_its_subject()
    {
        var (lost, kept) = (_server.Token("user", "rv-dora"), _server.Token("user", "rv-dora"));
        (await _server.AsToken(lost).Get("/api/v1/me")).ShouldBe(200);
        (await Admin.Post(Path, $$"""{"jti":"{{IdOf(lost)}}","reason":"Pasted in a chat"}""")).ShouldBe(200);
        (await _server.AsToken(lost).Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
        (await _server.AsToken(kept).Get("/api/v1/me")).ShouldBe(200);
        var listed = (await Admin.Get(Path + "?limit=100")).ShouldBe(200);
        Assert.Contains(IdOf(lost), listed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_host_revokes_is_refused_here_within_seconds_and_ends_what_goes_on()
    {
        var token = _server.Token("user", "rv-emil");
        (await _server.AsToken(token).Get("/api/v1/me")).ShouldBe(200);
        using var stream = await _server.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/api/v1/events")
            {
                Headers = { { "Authorization", $"Bearer {token}" } },
            },
            HttpCompletionOption.ResponseHeadersRead
        );
        var ended = stream.Content.ReadAsStringAsync();

        var grain = _server.Service<IGrainFactory>().GetGrain<IRevocationsGrain>(IRevocationsGrain.Key);
        await grain.Revoke(
            new RevokeTokens(new Actor(ActorRole.Admin, "root"), RevokedKind.Subject, "rv-emil", "Gone")
        );

        await ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        (await _server.AsToken(token).Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_browser_that_signed_in_with_a_token_is_signed_out_when_that_is_revoked()
    {
        using var browser = new BrowserVisit(_server);
        var token = _server.Token("admin", "rv-frieda");
        await browser.SignIn(token);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);
        (await Admin.Post(Path, $$"""{"jti":"{{IdOf(token)}}","reason":"Left"}""")).ShouldBe(200);
        Assert.Equal("/signin", (await browser.Open("/dashboard/")).Location);
    }

    [Theory]
    [InlineData("""{"reason":"Why"}""")]
    [InlineData("""{"subject":"bo","jti":"x","reason":"Why"}""")]
    [InlineData("""{"subject":"bo"}""")]
    [InlineData("""{"subject":"bo","role":"system","reason":"Why"}""")]
    [InlineData("""{"subject":"bo","role":"User","reason":"Why"}""")]
    [InlineData("""{"subject":"bo","role":1,"reason":"Why"}""")]
    [InlineData("""{"jti":"x","role":"user","reason":"Why"}""")]
    [InlineData("""{"subject":"bo","reason":"  "}""")]
    [InlineData("""{"subject":"no such@id","reason":"Why"}""")]
    [InlineData("""{"jti":"","reason":"Why"}""")]
    [InlineData("""{"jti":7,"reason":"Why"}""")]
    public async Task What_names_nobody_or_no_reason_revokes_nothing(string body) =>
        (await Admin.Post(Path, body)).ShouldRefuse(400, "INVALID_REVOCATION");

    private static string IdOf(string token)
    {
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]);
        return System.Text.Json.JsonDocument.Parse(payload).RootElement.GetProperty("jti").GetString()!;
    }
}
