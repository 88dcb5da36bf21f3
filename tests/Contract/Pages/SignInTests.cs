using System.Net;
using Actors.Contract.Tests.Server;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Contract.Tests.Pages;

[Trait("Spec", "OP-3")]
public sealed class SignInTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_token_once_opens_the_dashboard_by_a_cookie_that_holds_no_token()
    {
        using var browser = new BrowserVisit(_server);
        var token = _server.Token("admin", "root");
        var signedIn = await browser.SignIn(token);

        Assert.Equal((HttpStatusCode.SeeOther, "/dashboard/"), (signedIn.Status, signedIn.Location));
        var attributes = signedIn.SetCookie!.Split("; ");
        Assert.StartsWith("actors-session=", attributes[0], StringComparison.Ordinal);
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=lax", attributes);
        Assert.Contains("path=/", attributes);
        Assert.DoesNotContain("secure", attributes);
        Assert.DoesNotContain(token.Split('.')[1], signedIn.SetCookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Fetch("/dashboard/ClusterStats")).Status);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(48, 12)]
    public async Task A_session_ends_with_its_token_and_after_12_hours_at_the_latest(int tokenHours, int sessionHours)
    {
        using var browser = new BrowserVisit(_server);
        var cookie = (await browser.SignIn(_server.Token("admin", "root", TimeSpan.FromHours(tokenHours)))).SetCookie!;
        var maxAge = int.Parse(cookie.Split("max-age=")[1].Split(';')[0], null);
        // A token is good for a minute longer than it says, because clocks differ.
        Assert.InRange(maxAge, (sessionHours * 3600) - 60, (sessionHours * 3600) + 60);
    }

    [Fact]
    public async Task A_session_whose_token_has_expired_is_none_whatever_the_browser_keeps()
    {
        var time = new ShiftedTime();
        await using var server = await ApiServer.Start(configure: builder =>
            builder.Services.AddSingleton<TimeProvider>(time)
        );
        using var browser = new BrowserVisit(server);
        await browser.SignIn(server.Token("admin", "root", TimeSpan.FromHours(1)));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);

        time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("/signin", (await browser.Open("/dashboard/")).Location);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Fetch("/dashboard/ClusterStats")).Status);
    }

    [Fact]
    public async Task Over_TLS_the_cookie_is_for_TLS_and_this_host_alone()
    {
        await using var server = await ApiServer.Start(["--Network:TrustedProxies=127.0.0.0/8"]);
        using var browser = new BrowserVisit(server);
        browser.Forwarded["X-Forwarded-Proto"] = "https";
        browser.Forwarded["X-Forwarded-For"] = "203.0.113.7";
        browser.Origin = browser.Origin!.Replace("http:", "https:", StringComparison.Ordinal);
        var cookie = (await browser.SignIn(server.Token("admin"))).SetCookie!;
        Assert.StartsWith("__Host-actors-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("model")]
    [InlineData("service")]
    public async Task Other_roles_get_no_session(string role)
    {
        using var browser = new BrowserVisit(_server);
        var refused = await browser.SignIn(_server.Token(role));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Your role does not allow this.", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.SetCookie);
    }

    [Fact]
    public async Task What_is_no_valid_token_gets_no_session_and_is_not_shown_again()
    {
        using var browser = new BrowserVisit(_server);
        foreach (var wrong in new[] { "", "<script>alert(1)</script>", _server.Token("admin")[..^4] + "AAAA" })
        {
            var refused = await browser.SignIn(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
            Assert.Contains("role=\"alert\"", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("alert(1)", refused.Text, StringComparison.Ordinal);
            Assert.Null(refused.SetCookie);
        }
        var expired = await browser.SignIn(_server.Token("admin", lifetime: TimeSpan.FromMinutes(-2)));
        Assert.Equal(HttpStatusCode.Unauthorized, expired.Status);
        Assert.Null(expired.SetCookie);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    [InlineData(null)]
    public async Task A_form_of_another_site_signs_nobody_in_or_out(string? origin)
    {
        using var browser = new BrowserVisit(_server);
        await browser.SignIn(_server.Token("admin"));
        browser.Origin = origin;
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SignOut()).Status);
        var foreign = await browser.SignIn(_server.Token("admin", "mallory"));
        Assert.Equal((HttpStatusCode.Forbidden, null), (foreign.Status, foreign.SetCookie));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_who_has_kept_the_cookie()
    {
        using var browser = new BrowserVisit(_server);
        await browser.SignIn(_server.Token("admin"));
        var left = await browser.SignOut();
        Assert.Equal((HttpStatusCode.SeeOther, "/signin"), (left.Status, left.Location));
        Assert.Contains("expires=Thu, 01 Jan 1970", left.SetCookie, StringComparison.Ordinal);
        Assert.Equal("/signin", (await browser.Open("/dashboard/")).Location);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_host()
    {
        var directory = Directory.CreateTempSubdirectory("actors-session").FullName;
        string[] kept = [$"--Data:Directory={directory}"];
        string? cookie;
        await using (var server = await ApiServer.Start(kept))
        {
            using var browser = new BrowserVisit(server);
            await browser.SignIn(server.Token("admin"));
            cookie = browser.Cookie;
        }
        await using (var server = await ApiServer.Start(kept))
        {
            using var browser = new BrowserVisit(server) { Cookie = cookie };
            Assert.Equal(HttpStatusCode.OK, (await browser.Open("/dashboard/")).Status);
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Attempts_are_limited_by_address()
    {
        await using var server = await ApiServer.Start(["--Limits:RequestsPerMinute=3"]);
        using var browser = new BrowserVisit(server);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn("wrong")).Status);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SignIn(server.Token("admin"))).Status);
        browser.Cookie = $"actors-session={new string('A', 43)}";
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.Fetch("/dashboard/ClusterStats")).Status);
    }

    [Fact]
    public async Task The_pages_allow_nothing_inline_and_nothing_from_elsewhere()
    {
        using var browser = new BrowserVisit(_server);
        foreach (var path in new[] { "/signin", "/signout" })
        {
            var page = await browser.Open(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("unsafe", page.ContentSecurity!, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", page.ContentSecurity!, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("style=", page.Text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/pages.css")).Status);
    }
}
