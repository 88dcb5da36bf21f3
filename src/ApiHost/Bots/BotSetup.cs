using Actors.ApiHost.Http;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Bots;

internal static class BotSetup
{
    public static void AddBots(this WebApplicationBuilder builder) =>
        builder
            .Services.AddSettings<TelegramOptions>()
            .AddSingleton<BotDialog>()
            .AddSingleton<TelegramUpdates>()
            .AddSingleton<TelegramChats>();

    public static void MapBots(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<BotEndpoints>();
        routes.MapFeature<TelegramEndpoints>();
    }
}
