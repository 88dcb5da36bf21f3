using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Pages;

[Trait("Spec", "SE-1")]
public sealed class PageHeaderTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("/docs/index.html", 200)]
    [InlineData("/docs/swagger-ui-bundle.js", 200)]
    [InlineData("/signin", 200)]
    [InlineData("/signout", 200)]
    [InlineData("/dashboard/", 200)]
    [InlineData("/health", 200)]
    [InlineData("/metrics", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/api/v1/me", 200)]
    [InlineData("/nothing", 404)]
    public async Task Whatever_is_answered_is_framed_by_nobody_and_runs_nothing_from_elsewhere(string path, int status)
    {
        var headers = (await _server.As("admin", "root").Get(path)).ShouldBe(status).Headers;
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
        Assert.Matches("^(no-referrer|same-origin)$", headers["Referrer-Policy"]);
        var policy = headers["Content-Security-Policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy, StringComparison.Ordinal);
    }
}
