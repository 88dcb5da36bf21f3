using Actors.Grains.Devices;
using Actors.Grains.Durability;
using Actors.Grains.Menus;
using Actors.Grains.Moods;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Operations;
using Actors.Grains.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Hosting;

public static class DurableGrains
{
    /// <summary>The settings of the features, as configured.</summary>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static IServiceCollection AddGrainOptions(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(MoodOptions.From(configuration))
            .AddSingleton(MenuOptions.From(configuration))
            .AddSingleton(DeviceOptions.From(configuration))
            .AddSingleton(QueueOptions.From(configuration));

    /// <summary>What the grains need wherever they run.</summary>
    public static IServiceCollection AddDurableGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(new MoodOptions());
        services.TryAddSingleton(new MenuOptions());
        services.TryAddSingleton(new QueueOptions());
        return services
            .AddSingleton<Courier>()
            .AddSingleton<Quotes>()
            .AddSingleton<DurableServices>()
            .AddSingleton<StorageProbe>()
            .AddWebhooks()
            .AddDevices();
    }
}
