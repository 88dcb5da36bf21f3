using Actors.ApiHost.Http;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Rooms;

internal static class RoomSetup
{
    public static void AddRooms(this IHostApplicationBuilder builder) =>
        builder.Services.AddSettings<RoomWebhookOptions>();

    public static void MapRooms(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<RoomWebhookEndpoints>();
        routes.MapFeature<RoomPageEndpoints>();
    }
}
