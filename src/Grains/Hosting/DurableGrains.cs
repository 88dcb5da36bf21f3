using Actors.Grains.Durability;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Hosting;

public static class DurableGrains
{
    /// <summary>What the grains need on either engine.</summary>
    public static IServiceCollection AddDurableGrains(this IServiceCollection services) =>
        services.AddSingleton<DurableServices>();
}
