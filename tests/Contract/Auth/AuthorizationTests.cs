using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Routing;

namespace Actors.Contract.Tests.Auth;

/// <summary>Every route with every role: who may, who may not.</summary>
[Trait("Spec", "ID-1")]
public sealed class AuthorizationTests(SharedServer shared)
{
    private static readonly string[] Roles = ["user", "model", "admin", "service"];

    public static TheoryData<string, string, string> Table()
    {
        var table = new TheoryData<string, string, string>();
        foreach (var (method, route, admitted) in RouteRules.All)
        {
            table.Add(method, route, admitted);
        }
        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_route_admits_its_roles_and_nobody_else(string method, string route, string admitted)
    {
        var path = Fill(route);
        var nobody = await Try(shared.Server.AsNobody(), method, path);
        if (admitted == "-")
        {
            Assert.NotEqual(401, nobody.Status);
            return;
        }
        nobody.ShouldRefuse(401, "UNAUTHORIZED");
        Assert.Equal("Bearer realm=\"actors\"", nobody.Headers["WWW-Authenticate"]);
        foreach (var role in Roles)
        {
            var answer = await Try(shared.Server.As(role, "authorization-" + role), method, path);
            if (admitted == "*" || admitted.Split(' ').Contains(role))
            {
                Assert.True(answer.Status is not (401 or 403), $"{role} was refused {method} {path}: {answer.Text}");
            }
            else
            {
                // The contract of moods has a word of its own.
                var isOfMoods =
                    route.Contains("/mood/", StringComparison.Ordinal)
                    && !route.Contains("template", StringComparison.Ordinal)
                    && !route.Contains("analytics", StringComparison.Ordinal);
                answer.ShouldRefuse(403, isOfMoods ? "UNAUTHORIZED" : "FORBIDDEN");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_bad_or_expired_token_is_refused_on_every_route_that_asks_for_one(
        string method,
        string route,
        string admitted
    )
    {
        if (admitted == "-")
        {
            return;
        }
        var path = Fill(route);
        var expired = shared.Server.Token("admin", lifetime: TimeSpan.FromMinutes(-2));
        var gone = (await Try(shared.Server.AsToken(expired), method, path)).ShouldRefuse(401, "TOKEN_EXPIRED");
        Assert.StartsWith("Bearer error=\"invalid_token\"", gone.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        var forged = shared.Server.Token("admin")[..^4] + "AAAA";
        (await Try(shared.Server.AsToken(forged), method, path)).ShouldRefuse(401, "TOKEN_INVALID");
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_service_whose_token_has_a_scope_is_admitted_where_its_scope_is_named_and_nowhere_else(
        string method,
        string route,
        string admitted
    )
    {
        if (admitted == "-")
        {
            return;
        }
        var path = Fill(route);
        var scope = RouteRules.Scopes.GetValueOrDefault($"{method} {route}");
        if (scope is not null)
        {
            var let = await Try(Service($"openid {scope}"), method, path);
            Assert.True(let.Status is not (401 or 403), $"{scope} was refused {method} {path}: {let.Text}");
        }
        var others = RouteRules.Scopes.Values.Append("metrics.read").Append($"{scope}s").Where(one => one != scope);
        (await Try(Service(string.Join(' ', others)), method, path)).ShouldRefuse(403, "FORBIDDEN");
        (await Try(Service(""), method, path)).ShouldRefuse(403, "FORBIDDEN");

        ApiClient Service(string scope) =>
            shared.Server.AsToken(shared.Server.Token("service", "scoped-service", scope: scope));
    }

    [Fact]
    public async Task The_scopes_of_people_are_about_other_things()
    {
        var token = shared.Server.Token("user", "scoped-user", scope: "openid profile");
        (await shared.Server.AsToken(token).Get("/api/v1/me")).ShouldBe(200);
    }

    [Fact]
    public async Task A_payment_service_may_credit_once_for_each_key_and_do_nothing_else()
    {
        var service = shared.Server.AsToken(shared.Server.Token("service", "payments", scope: "balances.credit"));
        const string body = """{"tokens":500,"reason":"Card","idempotency_key":"pay-1"}""";
        var buyer = await shared.Server.User("scope-buyer");
        (await service.Post("/api/v1/admin/balances/scope-buyer/credit", body)).ShouldBe(200);
        (await service.Post("/api/v1/admin/balances/scope-buyer/credit", body)).ShouldBe(200);
        Assert.Equal("500", (await buyer.Get("/api/v1/balance")).ShouldBe(200)["available"]);
        (await service.Post("/api/v1/admin/wallets/scope-model/payout", body)).ShouldRefuse(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Where_services_need_a_scope_a_token_without_one_allows_nothing()
    {
        await using var server = await ApiServer.Start(["--Auth:ServicesNeedScope=true", ApiServer.SecretSetting]);
        (await server.As("service").Get("/api/v1/admin/ledger/proof")).ShouldRefuse(403, "FORBIDDEN");
        (await server.As("service").Get("/api/v1/me")).ShouldRefuse(403, "FORBIDDEN");
        (await server.As("user").Get("/api/v1/me")).ShouldBe(200);
        var scoped = server.AsToken(server.Token("service", scope: "ledger.read"));
        (await scoped.Get("/api/v1/admin/ledger/proof")).ShouldBe(200);
    }

    [Fact]
    public void Every_mapped_route_has_a_rule_in_this_table()
    {
        var mapped =
            from endpoint in shared.Server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
            // A WebSocket over HTTP/2 comes by CONNECT; it is the route of its GET.
            where method is not ("HEAD" or "CONNECT")
            select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
        Assert.Equal(RouteRules.All.Select(rule => $"{rule.Method} {rule.Route}").Order(), mapped.Order());
    }

    private static string Fill(string route) =>
        route
            // A stream that is let in would not end.
            .Replace("/api/v1/events", "/api/v1/events?lastEventId=nothing")
            .Replace("{modelId}", "nobody")
            .Replace("{userId}", "nobody")
            .Replace("{tipId}", "nothing")
            .Replace("{peerId}", "nobody")
            .Replace("{messageId}", "nothing")
            .Replace("{attachmentId}", "nothing")
            .Replace("{feature}", "nothing")
            .Replace("{version}", "nothing")
            .Replace("{menuId}", "nothing")
            .Replace("{purchaseId}", "nothing")
            .Replace("{itemId}", "nothing")
            .Replace("{name}", "nothing")
            .Replace("{id}", "nothing")
            .Replace("{code}", "FORBIDDEN")
            .Replace("{deliveryId}", "1")
            .Replace("{page:int}", "1")
            .Replace("{*grainName}", "nothing")
            .Replace("{*address}", "nothing")
            .Replace("{*path}", "nothing")
            .Replace("{**path}", "nothing");

    private static Task<Answer> Try(ApiClient client, string method, string path) =>
        client.Send(new HttpMethod(method), path, method is "GET" ? null : "{}");
}
