using Actors.Grains.Devices.Lovense;
using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Devices;

public static class DeviceServices
{
    /// <summary>What the device grains need. An adapter that is there already stays: simulations and tests bring their own.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddSettings<DeviceOptions>();
        services.TryAddSingleton<IDevice>(static provider =>
            provider.GetRequiredService<DeviceOptions>().Service == DeviceService.Lovense
                ? ActivatorUtilities.CreateInstance<LovenseDevice>(provider)
                : ActivatorUtilities.CreateInstance<SandboxDevice>(provider)
        );
        return services;
    }
}
