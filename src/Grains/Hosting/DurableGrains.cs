using Actors.Grains.Devices;
using Actors.Grains.Durability;
using Actors.Grains.Menus;
using Actors.Grains.Moods;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Hosting;

public static class DurableGrains
{
    /// <summary>What the grains need on either engine.</summary>
    public static IServiceCollection AddDurableGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(new MoodOptions());
        services.TryAddSingleton(new MenuOptions());
        services.TryAddSingleton(new QueueOptions());
        return services.AddSingleton<DurableServices>().AddWebhooks().AddDevices();
    }
}
