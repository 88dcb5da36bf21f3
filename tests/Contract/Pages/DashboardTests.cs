using System.Net;
using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Routing;

namespace Actors.Contract.Tests.Pages;

/// <summary>The dashboard of Orleans, which asks nobody who he is, behind our gate.</summary>
[Trait("Spec", "OP-3")]
public sealed class DashboardTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/")]
    [InlineData("//dashboard/")]
    [InlineData("/DashBoard/")]
    [InlineData("/dashboard/index.html")]
    [InlineData("/dashboard/index.html/")]
    [InlineData("/dashboard/INDEX.HTML")]
    [InlineData("/dashboard/index.min.js")]
    [InlineData("/dashboard/clusterstats")]
    [InlineData("/dashboard/ClusterStats/")]
    [InlineData("/%64ashboard/ClusterStats")]
    [InlineData("/dashboard/%43lusterStats")]
    [InlineData("/dashboard%2FClusterStats")]
    [InlineData("/dashboard/./ClusterStats")]
    [InlineData("/x/../dashboard/ClusterStats")]
    [InlineData("/dashboard/%2e/ClusterStats")]
    [InlineData("/dashboard/x/%2e%2e/ClusterStats")]
    [InlineData("/dashboard/HistoricalStats/a/b")]
    [InlineData("/dashboard/fonts/fa-regular-400.woff2")]
    [InlineData("/dashboard/GrainState?grainId=root&grainType=x")]
    [InlineData("/dashboard/Trace")]
    public async Task However_it_is_written_nobody_gets_in_without_being_an_admin(string path)
    {
        using var nobody = new BrowserVisit(_server);
        using var forger = new BrowserVisit(_server) { Cookie = $"actors-session={new string('A', 43)}" };
        foreach (var visitor in new[] { nobody, forger })
        {
            var shown = await visitor.Open(path);
            Assert.True(
                shown.Status == HttpStatusCode.NotFound
                    || (shown.Status, shown.Location) == (HttpStatusCode.Redirect, "/signin"),
                $"{path} answered {shown.Status} {shown.Location}"
            );
            var fetched = await visitor.Fetch(path);
            Assert.Contains(fetched.Status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.NotFound });
        }
        foreach (var role in new[] { "user", "model", "service" })
        {
            using var other = new BrowserVisit(_server) { Authorization = $"Bearer {_server.Token(role)}" };
            var answer = await other.Open(path);
            Assert.Contains(answer.Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }
    }

    [Fact]
    public void Every_route_below_it_is_for_admins()
    {
        var below = _server
            .Service<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(static route =>
                route.RoutePattern.RawText!.TrimStart('/').StartsWith("dashboard", StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        Assert.True(below.Count > 10, "The dashboard is not mapped where it was.");
        Assert.All(
            below,
            static route =>
                Assert.Equal(ApiHost.Auth.Roles.Admin, route.Metadata.GetMetadata<ApiHost.Auth.Access>()?.Roles)
        );
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/admin/features")]
    [InlineData("/api/v1/admin/ledger/proof")]
    [InlineData("/api/v1/events")]
    public async Task The_cookie_opens_nothing_but_pages(string path)
    {
        using var browser = new BrowserVisit(_server);
        await browser.SignIn(_server.Token("admin"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Open(path)).Status);
    }

    [Fact]
    public async Task A_token_in_the_header_opens_it_as_well_and_wins_over_the_cookie()
    {
        (await _server.As("admin").Get("/dashboard/ClusterStats")).ShouldBe(200);
        using var browser = new BrowserVisit(_server);
        await browser.SignIn(_server.Token("admin"));
        browser.Authorization = $"Bearer {_server.Token("user")}";
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Open("/dashboard/")).Status);
    }

    [Fact]
    public async Task The_stream_of_logs_is_left_out_because_a_stop_would_wait_for_it() =>
        (await _server.As("admin").Get("/dashboard/Trace")).ShouldRefuse(404, "NOT_FOUND");
}
