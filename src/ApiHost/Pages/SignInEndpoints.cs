using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Pages;

/// <summary>A token once, by a form, for a session in a cookie.</summary>
internal sealed class SignInEndpoints(Authenticator authenticator, BrowserSessions sessions) : IEndpoints
{
    private const string Html = "text/html; charset=utf-8";
    private const string TokenField = "token";

    public const string SignInPath = "/signin";
    private const string SignOutPath = "/signout";

    public void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").Public().AsPage(BrowserPage.OfOurs);
        pages.MapMethods(SignInPath, ["GET"], static http => Show(http, 200, SignInPages.SignIn));
        pages.MapMethods(SignInPath, ["POST"], SignIn);
        pages.MapMethods(SignOutPath, ["GET"], static http => Show(http, 200, SignInPages.SignOut));
        pages.MapMethods(SignOutPath, ["POST"], SignOut);
        pages.MapMethods(SignInPages.StylePath, ["GET"], ShowStyle);
    }

    private async Task SignIn(HttpContext http)
    {
        if (!IsOwnForm(http.Request))
        {
            Problem.Write(http, AuthRefusals.ForeignForm);
            return;
        }
        if (!http.Request.HasFormContentType)
        {
            Problem.Write(http, HttpRefusals.UnsupportedMediaType);
            return;
        }
        if (await CallerOfFormAsync(http) is { Refusal: { } refusal })
        {
            await Show(http, RefusalStatus.Of(refusal.Code), SignInPages.Refused(refusal.Message));
            return;
        }
        await sessions.OpenAsync(new Call(http));
        http.Response.Redirect(PagesSetup.DashboardPath + "/");
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    private async Task<Outcome<Caller>> CallerOfFormAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var header = $"Bearer {form[TokenField].ToString().Trim()}";
        if (authenticator.Authenticate(header, out var caller) is { } refusal)
        {
            return refusal;
        }
        if (caller.Role != GrainInterfaces.Identity.ActorRole.Admin)
        {
            // There are no pages for others; a session would only leave something behind.
            return AuthRefusals.Forbidden;
        }
        http.Features.Set(caller);
        return caller;
    }

    private async Task SignOut(HttpContext http)
    {
        if (!IsOwnForm(http.Request))
        {
            Problem.Write(http, AuthRefusals.ForeignForm);
            return;
        }
        await sessions.EndAsync(http);
        http.Response.Redirect(SignInPath);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    /// <summary>
    /// Browsers say which page a form belongs to. One of another site could sign somebody in under a name that is not hers,
    /// and then watch.
    /// </summary>
    private static bool IsOwnForm(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Scheme == request.Scheme
        && new HostString(page.Authority).Equals(DefaultPortLeftOut(request));

    private static HostString DefaultPortLeftOut(HttpRequest request)
    {
        var isDefault = request.Host.Port == (request.IsHttps ? 443 : 80);
        return isDefault ? new HostString(request.Host.Host) : request.Host;
    }

    private static Task Show(HttpContext http, int status, string page)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = Html;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(page);
    }

    private static Task ShowStyle(HttpContext http)
    {
        http.Response.ContentType = "text/css; charset=utf-8";
        http.Response.Headers.CacheControl = "max-age=3600";
        return http.Response.WriteAsync(SignInPages.Style);
    }
}
