using Actors.Embedded;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

public static class EmbeddedServices
{
    /// <summary>
    /// Serves grains in this process. Looks, among the services, for a <see cref="TimeProvider"/>, an
    /// <see cref="ITurnScheduler"/>, an <see cref="IReminderStore"/> and call filters.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrains(
        this IServiceCollection services,
        Action<EmbeddedOptions> configure
    )
    {
        services
            .AddOptions<EmbeddedOptions>()
            .Configure(configure)
            .Validate(x => x.GrainAssemblies.Count > 0, "GrainAssemblies must name at least one assembly.")
            .Validate(x => x.ResponseTimeout > TimeSpan.Zero, "ResponseTimeout must be more than zero.")
            .Validate(x => x.CollectionQuantum > TimeSpan.Zero, "CollectionQuantum must be more than zero.")
            .Validate(x => x.CollectionAge > x.CollectionQuantum, "CollectionAge must be more than CollectionQuantum.")
            .Validate(x => x.DeactivationTimeout > TimeSpan.Zero, "DeactivationTimeout must be more than zero.")
            .Validate(x => x.StopTimeout > TimeSpan.Zero, "StopTimeout must be more than zero.");
        services.TryAddSingleton<EmbeddedEngine>();
        services.TryAddSingleton<IClusterClient>(x => x.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton<IGrainFactory>(x => x.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton(x => x.GetRequiredService<EmbeddedEngine>().Statistics);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostedService, EngineHost>(x => new EngineHost(
                x.GetRequiredService<EmbeddedEngine>()
            ))
        );
        return services;
    }

    /// <summary>The host's view of the engine: a type of its own, so that registering twice starts it once.</summary>
    private sealed class EngineHost(EmbeddedEngine engine) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
    }
}
