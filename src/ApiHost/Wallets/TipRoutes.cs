using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Operations;

namespace Actors.ApiHost.Wallets;

internal static class TipRoutes
{
    /// <summary>Where tips are given, and given back.</summary>
    public static RouteGroupBuilder MapTips(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1/tips").WithTags("Wallets").Switchable(Features.Tips);
}
