using System.Numerics;
using System.Text.RegularExpressions;
using Actors.ApiHost.Auth;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Routing;

namespace Actors.Contract.Tests.Auth;

/// <summary>One route of the host as it is mapped, and what it says of who may call it.</summary>
internal sealed partial record GuardedRoute(string Method, string Route, Access Access)
{
    /// <summary>Every single role that a token can have.</summary>
    public static readonly IReadOnlyList<Roles> EveryRole =
    [
        .. Enum.GetValues<Roles>().Where(static role => BitOperations.PopCount((uint)role) == 1),
    ];

    public bool IsForAdmins => Route.StartsWith("/api/v1/admin/", StringComparison.Ordinal) || IsBelow("/dashboard");

    /// <summary>What somebody of a role that is not admitted is told.</summary>
    public string RefusalCode => Access.Otherwise?.Code ?? CommonRefusals.ForbiddenCode;

    /// <summary>An address of the route that names nothing there is.</summary>
    public string Path =>
        // A stream that is let in would not end.
        Route.EndsWith("/events", StringComparison.Ordinal)
            ? $"{Named}?lastEventId=nothing"
            : Named;

    private string Named =>
        Parameter().Replace(Route, static found => Argument(found.Groups["name"].Value, found.Value));

    public bool Admits(Roles role) => (Access.Roles & role) != 0;

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<GuardedRoute> Of(ApiServer server) =>
        [
            .. (
                from endpoint in server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
                // A WebSocket over HTTP/2 comes by CONNECT; it is the route of its GET.
                where method is not ("HEAD" or "CONNECT")
                select new GuardedRoute(
                    method,
                    $"/{endpoint.RoutePattern.RawText!.Trim('/')}",
                    endpoint.Metadata.GetMetadata<Access>() ?? Access.SignedIn
                )
            )
                .OrderBy(static one => one.Route, StringComparer.Ordinal)
                .ThenBy(static one => one.Method, StringComparer.Ordinal),
        ];

    /// <summary>The claim <c>role</c> of a token.</summary>
    public static string NameOf(Roles role) => role.ToString().ToLowerInvariant();

    public override string ToString() => $"{Method} {Route}";

    /// <summary>A line for people to read.</summary>
    public string Describe() =>
        Access.IsPublic
            ? $"{this}: public"
            : $"{this}: {Access.Roles}"
                + (Access.ServiceScope is { } scope ? $"; services by {scope}" : "")
                + (Access.Otherwise is { } otherwise ? $"; others {otherwise.Code}" : "");

    private bool IsBelow(string path) => Route == path || Route.StartsWith($"{path}/", StringComparison.Ordinal);

    private static string Argument(string name, string parameter) =>
        parameter.Contains(":int", StringComparison.Ordinal) || name == "deliveryId" ? "1"
        // The one that is looked up without any grain.
        : name == "code" ? "FORBIDDEN"
        : "nothing";

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
