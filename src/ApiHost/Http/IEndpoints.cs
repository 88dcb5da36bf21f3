namespace Actors.ApiHost.Http;

/// <summary>The routes of one feature.</summary>
internal interface IEndpoints
{
    void Map(IEndpointRouteBuilder routes);
}

internal static class EndpointsMapping
{
    public static void MapFeature<T>(this IEndpointRouteBuilder routes)
        where T : IEndpoints => ActivatorUtilities.CreateInstance<T>(routes.ServiceProvider).Map(routes);
}
