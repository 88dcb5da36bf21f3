using System.Diagnostics.Metrics;
using Actors.ApiHost.Http;
using Actors.ApiHost.Live.Presence;
using Actors.ApiHost.Live.Streams;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Live;

internal static class LiveSetup
{
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<LiveOptions>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<ILiveStream, NotificationStream>();
        services.AddSingleton<ILiveStream, BalanceStream>();
        services.AddSingleton<ILiveStream, PlacesStream>();
        services.AddSingleton<ILiveStream, WalletStream>();
        services.AddSingleton<ILiveStream, QueueStream>();
        services.AddSingleton<ILiveStream, ConversationStream>();
        services.AddSingleton<LivePresence>();
        services.AddSingleton<IPassingStream, PresenceStream>();
        services.AddSingleton<ILiveStream, MoodMessageStream>();
        services.AddSingleton<ILiveStream, BookingStream>();
    }

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<LiveEndpoints>();
        var services = routes.ServiceProvider;
        services.GetRequiredService<LiveConnections>().Measure(services.GetRequiredService<IMeterFactory>());
    }
}
