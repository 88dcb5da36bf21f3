using Actors.ApiHost.Activity;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Identity;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Operations;
using Actors.ApiHost.Operations.Switches;
using Actors.ApiHost.Pages;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.Extensions.Primitives;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// What every request passes between routing and its handler: who is calling, how often, with which role, whether the
/// feature is on; and what every failure passes on its way out. One middleware, because each costs a state machine.
/// </summary>
internal sealed partial class Gate(
    RequestDelegate next,
    Authenticator authenticator,
    RequestLimiter limiter,
    BrowserSessions sessions,
    Arrivals arrivals,
    SignIns signIns,
    ILogger<Gate> logger
)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var connection = http.Features.Get<ConnectionSlot>();
        if (connection?.TryBegin() == false)
        {
            http.Abort();
            return;
        }
        try
        {
            BrowserPage.WriteHeadersOfData(http.Response.Headers);
            var refusal = http.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is { } page
                ? await AdmitToPage(http, page)
                : Admit(http);
            var caller = refusal is null ? http.Features.Get<Caller>() : null;
            if (caller is { HasArrived: false })
            {
                refusal = await arrivals.AdmitAsync(caller, http.GetEndpoint());
            }
            if (caller is { HasArrived: true })
            {
                signIns.Note(http, caller);
            }
            if (refusal is not null)
            {
                Refuse(http, refusal);
                return;
            }
            await next(http);
            ExplainBareStatus(http);
        }
        catch (Exception fault)
        {
            Answer(http, fault);
        }
        finally
        {
            connection?.End();
        }
    }

    private Refusal? Admit(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var access = AccessOf(endpoint);
        if (access.IsPublic)
        {
            var unlimited = endpoint?.Metadata.GetMetadata<Unlimited>() is not null;
            return (unlimited ? null : AdmitAddress(http)) ?? FeatureRefusal(endpoint);
        }
        var credentials = CredentialsOf(http.Request, endpoint);
        var address = http.Connection.RemoteIpAddress;
        if (authenticator.Authenticate(credentials, address, http.Response.Headers, out var caller) is { } refusal)
        {
            return refusal;
        }
        if (limiter.Admit(caller, http.Response.Headers) is { } limited)
        {
            return limited;
        }
        http.Features.Set(caller);
        return access.Refuse(caller) ?? FeatureRefusal(endpoint);
    }

    /// <summary>A page takes a token as any route does; without one, the session of the browser's cookie.</summary>
    private async ValueTask<Refusal?> AdmitToPage(HttpContext http, BrowserPage page)
    {
        page.WriteHeaders(http.Response.Headers);
        var access = AccessOf(http.GetEndpoint());
        if (access.IsPublic || http.Request.Headers.Authorization.Count > 0)
        {
            return Admit(http);
        }
        // By address and before the look-up: whoever guesses must not wake a grain with every guess.
        if (AdmitAddress(http) is { } limited)
        {
            return limited;
        }
        return await sessions.FindAsync(http.Request) is { } caller ? access.Refuse(caller) : AuthRefusals.Unauthorized;
    }

    /// <summary>Browsers cannot give a WebSocket headers; such a route takes the token as a subprotocol instead.</summary>
    private static StringValues CredentialsOf(HttpRequest request, Endpoint? endpoint) =>
        request.Headers.Authorization is { Count: 0 }
        && endpoint?.Metadata.GetMetadata<TokenInSubprotocol>() is not null
            ? TokenInSubprotocol.Read(request)
            : request.Headers.Authorization;

    private static Refusal? FeatureRefusal(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<FeatureState>() is { IsOn: false } ? OperationsRefusals.FeatureDisabled : null;

    /// <summary>Endpoints that routing makes up to answer 405 are no routes of ours and reveal nothing.</summary>
    private static Access AccessOf(Endpoint? endpoint) =>
        endpoint is not RouteEndpoint ? Access.Public : endpoint.Metadata.GetMetadata<Access>() ?? Access.SignedIn;

    private Refusal? AdmitAddress(HttpContext http) =>
        limiter.Admit(http.Connection.RemoteIpAddress, http.Response.Headers);

    private static void Refuse(HttpContext http, Refusal refusal)
    {
        switch (RefusalStatus.Of(refusal.Code))
        {
            case StatusCodes.Status429TooManyRequests:
                ApiMetrics.RequestLimited();
                break;
            case StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden:
                ApiMetrics.AuthenticationFailed(refusal.Code);
                break;
        }
        if (refusal.Code == AuthRefusals.UnauthorizedCode && IsShownToPerson(http))
        {
            http.Response.Redirect(SignInEndpoints.SignInPath);
            return;
        }
        Problem.Write(http, refusal);
    }

    private static bool IsShownToPerson(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is not null && BrowserPage.IsNavigation(http.Request);

    /// <summary>Routing and middleware of the framework answer with a status alone; callers get the same shape for all.</summary>
    private static void ExplainBareStatus(HttpContext http)
    {
        var response = http.Response;
        if (response.StatusCode < 400 || response.HasStarted || response.ContentType is not null)
        {
            return;
        }
        var refusal = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => HttpRefusals.NotFound,
            StatusCodes.Status405MethodNotAllowed => HttpRefusals.MethodNotAllowed,
            StatusCodes.Status415UnsupportedMediaType => HttpRefusals.UnsupportedMediaType,
            < 500 => HttpRefusals.InvalidRequest("The request is malformed."),
            _ => HttpRefusals.SystemError,
        };
        Problem.Write(http, refusal);
    }

    private void Answer(HttpContext http, Exception fault)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        var refusal = Faults.ToRefusal(fault, Faults.IsRead(http.Request));
        Report(http, refusal, fault);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        Problem.Write(http, refusal);
    }

    private void Report(HttpContext http, Refusal refusal, Exception fault)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        if (Faults.IsUnavailable(fault))
        {
            LogUnavailable(logger, http.Request.Method, route, fault);
        }
        else if (RefusalStatus.Of(refusal.Code) >= 500)
        {
            LogFault(logger, http.Request.Method, route, fault);
        }
    }

    // The route's pattern and not the path, which may hold a person's id.
    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed")]
    private static partial void LogFault(ILogger logger, string method, string route, Exception fault);

    [LoggerMessage(LogLevel.Warning, "{Method} {Route} could not be answered in time")]
    private static partial void LogUnavailable(ILogger logger, string method, string route, Exception fault);
}
