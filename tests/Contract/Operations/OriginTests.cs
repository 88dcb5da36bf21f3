using Actors.Contract.Tests.Server;
using Actors.Grains.Hosting;

namespace Actors.Contract.Tests.Operations;

/// <summary>What pages of other sites may do.</summary>
[Trait("Spec", "SE-1")]
public sealed class OriginTests
{
    private const string Allowed = "Access-Control-Allow-Origin";

    [Fact]
    public async Task Unless_set_no_other_site_may_call()
    {
        await using var server = await ApiServer.Start();
        var preflight = await Preflight(server, "https://app.example");
        Assert.False(preflight.Headers.ContainsKey(Allowed));
        Assert.False((await Read(server, "https://app.example")).Headers.ContainsKey(Allowed));
    }

    [Fact]
    public async Task A_site_that_is_named_may_call_with_a_token_and_no_other_may()
    {
        await using var server = await ApiServer.Start(["--Cors:Origins=https://app.example, http://localhost:3000"]);

        var preflight = await Preflight(server, "https://app.example");

        Assert.Equal(204, preflight.Status);
        Assert.Equal("https://app.example", preflight.Headers[Allowed]);
        Assert.Contains("Authorization", preflight.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
        Assert.Contains("POST", preflight.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.False(preflight.Headers.ContainsKey("Access-Control-Allow-Credentials"));
        var read = await Read(server, "http://localhost:3000");
        Assert.Equal("http://localhost:3000", read.ShouldBe(200).Headers[Allowed]);
        Assert.Contains("RateLimit", read.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.False((await Preflight(server, "https://other.example")).Headers.ContainsKey(Allowed));
        Assert.False((await Read(server, "https://app.example:8443")).Headers.ContainsKey(Allowed));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/page")]
    [InlineData("ftp://app.example")]
    public async Task What_is_no_origin_stops_the_start_with_its_name(string origin) =>
        Assert.Equal(
            "Cors:Origins",
            (await Assert.ThrowsAsync<SettingException>(() => ApiServer.Start([$"--Cors:Origins={origin}"]))).Name
        );

    private static Task<Answer> Read(ApiServer server, string origin) =>
        server.As("user").Send(HttpMethod.Get, "/api/v1/me", change: request => request.Headers.Add("Origin", origin));

    private static Task<Answer> Preflight(ApiServer server, string origin) =>
        server
            .AsNobody()
            .Send(
                HttpMethod.Options,
                "/api/v1/mood/update",
                change: request =>
                {
                    request.Headers.Add("Origin", origin);
                    request.Headers.Add("Access-Control-Request-Method", "POST");
                    request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
                }
            );
}
