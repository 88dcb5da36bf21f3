using System.Net;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Pages;

/// <summary>What a browser sends and keeps: navigations, forms with their origin, cookies; redirects are looked at, not followed.</summary>
internal sealed class BrowserVisit : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    public BrowserVisit(ApiServer server)
    {
        Origin = server.Address.GetLeftPart(UriPartial.Authority);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        _address = server.Address;
    }

    /// <summary>The site that forms say they come from.</summary>
    public string? Origin { get; set; }

    /// <summary>As the header Cookie has it.</summary>
    public string? Cookie { get; set; }

    public string? Authorization { get; set; }

    /// <summary>Headers of a proxy in between.</summary>
    public Dictionary<string, string> Forwarded { get; } = [];

    public Task<Seen> Open(string path) => Send(HttpMethod.Get, path, "text/html,application/xhtml+xml,*/*;q=0.8");

    public Task<Seen> Fetch(string path) => Send(HttpMethod.Get, path, "*/*");

    public async Task<Seen> SignIn(string token)
    {
        var seen = await Submit("/signin", new() { ["token"] = token });
        Cookie = seen.SetCookie?.Split(';')[0] ?? Cookie;
        return seen;
    }

    public Task<Seen> SignOut() => Submit("/signout", []);

    public Task<Seen> Submit(string path, Dictionary<string, string> fields) =>
        Send(HttpMethod.Post, path, "text/html", new FormUrlEncodedContent(fields));

    public async Task<Seen> Send(HttpMethod method, string path, string accept, HttpContent? content = null)
    {
        // The path as written: how a client would tidy it is what some tests are about.
        var address = new Uri(
            _address.GetLeftPart(UriPartial.Authority) + path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (method == HttpMethod.Post && Origin is not null)
        {
            request.Headers.Add("Origin", Origin);
        }
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }
        if (Authorization is not null)
        {
            request.Headers.Add("Authorization", Authorization);
        }
        foreach (var (name, value) in Forwarded)
        {
            request.Headers.Add(name, value);
        }
        using var response = await _http.SendAsync(request);
        return new Seen(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Location?.OriginalString,
            response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null,
            response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : null
        );
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Seen(
    HttpStatusCode Status,
    string Text,
    string? Location,
    string? SetCookie,
    string? ContentSecurity
);
