using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Pages;

/// <summary>Who is signed in, by a cookie that holds a random secret and nothing else.</summary>
internal sealed class BrowserSessions(
    IGrainFactory grains,
    RequestLimiter limiter,
    Revocations revocations,
    TimeProvider time
)
{
    private const int SecretBytes = 32;
    private const string PlainName = "actors-session";

    // Browsers take this name only over TLS and from this very host.
    private const string SecureName = "__Host-actors-session";

    public async Task OpenAsync(Call call)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var caller = call.Caller;
        var session = await Of(secret)
            .Open(new OpenSession(call.Actor(), caller.ExpiresAt, caller.IssuedAt, caller.TokenId));
        var cookie = Cookie(call.Http.Request);
        cookie.MaxAge = session.ExpiresAt - time.GetUtcNow();
        call.Http.Response.Cookies.Append(NameFor(call.Http.Request), secret, cookie);
    }

    /// <summary>Null for who is not signed in.</summary>
    public async ValueTask<Caller?> FindAsync(HttpRequest request) =>
        SecretIn(request) is { } secret
        && await Of(secret).Find() is { } session
        && revocations.IsKnown
        && !revocations.Refuses(session.Role, session.SubjectId, session.TokenIssuedAt, session.TokenId)
            ? limiter.CallerOf(
                new TokenSubject(
                    session.SubjectId,
                    session.Role,
                    session.ExpiresAt,
                    session.TokenIssuedAt,
                    session.TokenId
                )
            )
            : null;

    public async Task EndAsync(HttpContext http)
    {
        if (SecretIn(http.Request) is { } secret)
        {
            await Of(secret).End();
        }
        http.Response.Cookies.Delete(NameFor(http.Request), Cookie(http.Request));
    }

    // The grain's name appears in journals and logs; the secret is not to be had from them.
    private ISessionGrain Of(string secret) =>
        grains.GetGrain<ISessionGrain>(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))));

    private static string? SecretIn(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { } text
        && Base64Url.IsValid(text, out var length)
        && length == SecretBytes
            ? text
            : null;

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Cookie(HttpRequest request) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
            Path = "/",
            IsEssential = true,
        };
}
