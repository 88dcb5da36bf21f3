using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

/// <summary>Without a token the metrics are for the machine itself, which is told by what cannot be made up from outside.</summary>
[Trait("Spec", "OP-2")]
public sealed class MetricsAccessTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "localhost.rebound.example")]
    [InlineData("Host", "203.0.113.7")]
    public async Task What_came_through_a_proxy_or_by_another_name_needs_an_admin_or_a_service(
        string header,
        string value
    )
    {
        (await Ask(_server.AsNobody(), header, value)).ShouldRefuse(401, "UNAUTHORIZED");
        (await Ask(_server.As("user"), header, value)).ShouldRefuse(403, "FORBIDDEN");
        (await Ask(_server.As("service"), header, value)).ShouldBe(200);
        (await Ask(_server.As("admin"), header, value)).ShouldBe(200);
    }

    [Fact]
    public async Task A_service_whose_token_has_a_scope_needs_the_one_for_metrics()
    {
        Task<Answer> AskWith(string scope) =>
            Ask(_server.AsToken(_server.Token("service", scope: scope)), "Via", "1.1 proxy");
        (await AskWith("metrics.read")).ShouldBe(200);
        (await AskWith("balances.credit")).ShouldRefuse(403, "FORBIDDEN");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:9090")]
    [InlineData("[::1]:9090")]
    public async Task The_machine_itself_needs_none(string host) =>
        (await Ask(_server.AsNobody(), "Host", host)).ShouldBe(200);

    [Fact]
    public async Task The_word_of_a_trusted_proxy_does_not_make_a_caller_the_machine_itself()
    {
        await using var server = await ApiServer.Start(["--Network:TrustedProxies=127.0.0.0/8"]);
        (await Ask(server.AsNobody(), "X-Forwarded-For", "127.0.0.1")).ShouldRefuse(401, "UNAUTHORIZED");
    }

    private static Task<Answer> Ask(ApiClient client, string header, string value) =>
        client.Send(
            HttpMethod.Get,
            "/metrics",
            change: request => request.Headers.TryAddWithoutValidation(header, value)
        );
}
