using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "MO-5")]
public sealed class ProxyTests
{
    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task The_audit_takes_a_forwarded_address_only_from_a_trusted_proxy(string trusted, string expected)
    {
        await using var server = await ApiServer.Start([$"--Network:TrustedProxies={trusted}"]);
        var model = await server.Model("ana");
        await model.Send(
            HttpMethod.Post,
            "/api/v1/mood/update",
            """{"moodState":"positive"}""",
            change: request => request.Headers.Add("X-Forwarded-For", "203.0.113.7")
        );
        var audit = (await server.As("admin").Get("/api/v1/admin/mood/ana/history")).ShouldBe(200);
        Assert.Equal(expected, audit.Json.GetProperty("history")[0].GetProperty("ipAddress").GetString());
    }
}
