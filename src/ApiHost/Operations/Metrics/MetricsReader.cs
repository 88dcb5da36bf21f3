using System.Net;
using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Connections.Features;

namespace Actors.ApiHost.Operations.Metrics;

/// <summary>Who may read the metrics: the machine itself, and admins and services from anywhere.</summary>
internal sealed class MetricsReader(Authenticator authenticator)
{
    // What a proxy on this machine passes on comes from elsewhere, whichever of these it writes.
    private static readonly string[] SignsOfProxy =
    [
        "Forwarded",
        "Via",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Original-For",
        "X-Real-IP",
    ];

    private static readonly Access FromElsewhere = new(Roles.Admin | Roles.Service, Scopes.ReadMetrics);

    public Refusal? Refuse(HttpContext http)
    {
        if (IsThisMachine(http))
        {
            return null;
        }
        var (credentials, address) = (http.Request.Headers.Authorization, http.Connection.RemoteIpAddress);
        if (authenticator.Authenticate(credentials, address, http.Response.Headers, out var caller) is { } refusal)
        {
            return refusal;
        }
        return FromElsewhere.Refuse(caller);
    }

    /// <summary>
    /// By the socket, for the address that a request has may be the word of a proxy; and by the name that was asked for, for
    /// a page of another site may have had its own name lead here.
    /// </summary>
    private static bool IsThisMachine(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket.RemoteEndPoint is IPEndPoint peer
        && IPAddress.IsLoopback(peer.Address)
        && IsLocalName(http.Request.Host.Host)
        && !SignsOfProxy.Any(http.Request.Headers.ContainsKey);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
