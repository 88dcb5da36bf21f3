using System.Net;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.Hosting.Metrics;

namespace Actors.ApiHost.Operations.Metrics;

/// <summary><c>/metrics</c>: open to the machine itself, elsewhere to admins and services.</summary>
internal sealed class MetricsEndpoints(MetricsCollector collector, Authenticator authenticator) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/metrics", ["GET"], Serve).Public().Unlimited().ExcludeFromDescription();

    private Task Serve(HttpContext http)
    {
        if (Refusal(http) is { } refusal)
        {
            Problem.Write(http, refusal);
            return Task.CompletedTask;
        }
        http.Response.ContentType = PrometheusText.ContentType;
        return http.Response.WriteAsync(collector.Export());
    }

    private Refusal? Refusal(HttpContext http)
    {
        if (IsLocal(http))
        {
            return null;
        }
        var credentials = http.Request.Headers.Authorization;
        var address = http.Connection.RemoteIpAddress;
        if (authenticator.Authenticate(credentials, address, http.Response.Headers, out var caller) is { } refusal)
        {
            return refusal;
        }
        return (caller.RoleBit & (Roles.Admin | Roles.Service)) == 0 ? AuthRefusals.Forbidden : null;
    }

    /// <summary>What a proxy on this machine forwards comes from elsewhere.</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("Forwarded")
        && !http.Request.Headers.ContainsKey("X-Forwarded-For");
}
