using Actors.ApiHost.Auth;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Auth;

/// <summary>
/// Every route that the host maps with every role: who may, who may not. A new route is covered by being there; what it admits is
/// written down in routes.txt, so that no change of it goes unseen. After one that is meant, run once with UPDATE_GOLDEN=1.
/// </summary>
[Trait("Spec", "ID-1")]
public sealed class AuthorizationTests(SharedServer shared)
{
    private static readonly string Golden = Path.Combine(SourceTree.Root, "tests", "Contract", "Auth", "routes.txt");

    private readonly ApiServer _server = shared.Server;
    private readonly IReadOnlyList<GuardedRoute> _routes = GuardedRoute.Of(shared.Server);

    [Fact]
    public void What_each_route_admits_is_what_was_written_down()
    {
        var now = string.Concat(_routes.Select(static route => $"{route.Describe()}\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(Golden, now);
        }
        var written = File.ReadAllLines(Golden);
        string[] mapped = [.. _routes.Select(static route => route.Describe())];
        Assert.Equal([], mapped.Except(written).Select(static line => $"not written down: {line}"));
        Assert.Equal([], written.Except(mapped).Select(static line => $"not there: {line}"));
        Assert.Equal(mapped.Length, mapped.Distinct().Count());
    }

    [Fact]
    public void What_is_below_admin_is_for_admins_and_for_services_with_a_scope_for_it()
    {
        var admins = _routes.Where(static route => route.IsForAdmins).ToArray();
        var open = admins.Where(static route =>
            route.Access.IsPublic
            || route.Admits(Roles.User | Roles.Model)
            || (route.Admits(Roles.Service) && route.Access.ServiceScope is null)
        );

        Assert.Equal([], open.Select(static route => route.Describe()));
        Assert.True(admins.Length > 30);
    }

    [Fact]
    public async Task A_route_admits_its_roles_and_nobody_else()
    {
        var wrong = new List<string>();
        foreach (var route in _routes)
        {
            var nobody = await Try(_server.AsNobody(), route);
            if (route.Access.IsPublic)
            {
                Check(wrong, nobody.Status != 401, $"{route} asks for a token");
                continue;
            }
            Check(
                wrong,
                Refuses(nobody, 401, "UNAUTHORIZED")
                    && nobody.Headers.GetValueOrDefault("WWW-Authenticate") == "Bearer realm=\"actors\"",
                $"{route} answered nobody with {nobody.Status}"
            );
            foreach (var role in GuardedRoute.EveryRole)
            {
                var name = GuardedRoute.NameOf(role);
                var answer = await Try(_server.As(name, $"authorization-{name}"), route);
                Check(
                    wrong,
                    route.Admits(role) ? answer.Status is not (401 or 403) : Refuses(answer, 403, route.RefusalCode),
                    $"{route} answered a {name} with {answer.Status}"
                );
            }
        }
        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task A_bad_or_expired_token_is_refused_on_every_route_that_asks_for_one()
    {
        var expired = _server.AsToken(_server.Token("admin", lifetime: TimeSpan.FromMinutes(-2)));
        var forged = _server.AsToken(_server.Token("admin")[..^4] + "AAAA");
        var junk = _server.AsToken("junk");
        var wrong = new List<string>();
        foreach (var route in _routes.Where(static route => !route.Access.IsPublic))
        {
            var gone = await Try(expired, route);
            var saysSo = gone
                .Headers.GetValueOrDefault("WWW-Authenticate", "")
                .StartsWith("Bearer error=\"invalid_token\"", StringComparison.Ordinal);
            Check(wrong, Refuses(gone, 401, "TOKEN_EXPIRED") && saysSo, $"{route} took an expired token");
            Check(wrong, Refuses(await Try(forged, route), 401, "TOKEN_INVALID"), $"{route} took a forged token");
            Check(wrong, Refuses(await Try(junk, route), 401, "TOKEN_INVALID"), $"{route} took junk for a token");
        }
        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task A_service_whose_token_has_a_scope_is_admitted_where_its_scope_is_named_and_nowhere_else()
    {
        var scopes = _routes
            .Select(static route => route.Access.ServiceScope)
            .OfType<string>()
            .Append("metrics.read")
            .ToHashSet();
        var unscoped = Service("");
        var wrong = new List<string>();
        foreach (var route in _routes.Where(static route => !route.Access.IsPublic))
        {
            var scope = route.Access.ServiceScope;
            if (scope is not null)
            {
                var let = await Try(Service($"openid {scope}"), route);
                Check(wrong, let.Status is not (401 or 403), $"{route} answered {scope} with {let.Status}");
            }
            var others = Service(string.Join(' ', scopes.Append($"{scope}s").Where(one => one != scope)));
            Check(wrong, Refuses(await Try(others, route), 403, "FORBIDDEN"), $"{route} let other scopes in");
            Check(wrong, Refuses(await Try(unscoped, route), 403, "FORBIDDEN"), $"{route} let no scope in");
        }
        Assert.Equal([], wrong);
        Assert.True(scopes.Count > 5);

        ApiClient Service(string scope) => _server.AsToken(_server.Token("service", "scoped-service", scope: scope));
    }

    [Fact]
    public async Task No_other_method_of_a_path_does_anything_without_a_token()
    {
        string[] methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        var nobody = _server.AsNobody();
        var isPublic = _routes
            .Where(static route => route.Access.IsPublic)
            .Select(static route => $"{route}")
            .ToHashSet();
        var wrong = new List<string>();
        foreach (var path in _routes.DistinctBy(static route => route.Route))
        {
            foreach (var method in methods.Where(method => !isPublic.Contains($"{method} {path.Route}")))
            {
                // One that is not mapped may be that of a wider pattern; then that one's rule holds.
                var answer = await Try(nobody, path with { Method = method });
                Check(
                    wrong,
                    answer.Status is 401 or 404 or 405 or 302,
                    $"{method} {path.Route} answered {answer.Status}"
                );
            }
        }
        Assert.Equal([], wrong);
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

    private static void Check(List<string> wrong, bool isRight, string otherwise)
    {
        if (!isRight)
        {
            wrong.Add(otherwise);
        }
    }

    private static bool Refuses(Answer answer, int status, string code) =>
        answer.Status == status && answer.Error == code;

    private static Task<Answer> Try(ApiClient client, GuardedRoute route) =>
        client.Send(new HttpMethod(route.Method), route.Path, route.Method is "GET" ? null : "{}");
}
