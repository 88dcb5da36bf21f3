using Actors.Embedded;
using Actors.Grains.Durability;
using Actors.Journal;
using Actors.Journal.Disks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Hosting;

/// <summary>Runs the grains inside this process, durable in a directory.</summary>
public static class GrainHosting
{
    public static IHostApplicationBuilder AddGrains(this IHostApplicationBuilder builder, HostRole role = HostRole.Api)
    {
        if (role == HostRole.Silo)
        {
            throw new NotSupportedException(
                "A silo needs a build with -p:Engine=Orleans; the embedded engine lives in the API host."
            );
        }
        var journal = JournalSettings.From(builder.Configuration);
        builder.Services.AddSingleton(services => OpenJournal(services, journal));
        builder.Services.AddSingleton<IJournal>(static services => services.GetRequiredService<FileJournal>());
        builder.Services.AddSingleton<IWakeIndex>(static services => services.GetRequiredService<FileJournal>());
        builder.Services.AddHostedService<EmbeddedJournalGuard>();
        builder.Services.AddGrainOptions(builder.Configuration);
        builder.Services.AddEmbeddedGrainServices();
        return builder;
    }

    /// <summary>The embedded engine has no dashboard of its own: a group without routes.</summary>
    public static IEndpointConventionBuilder MapEngineDashboard(
        this IEndpointRouteBuilder endpoints,
        string routePrefix
    ) => endpoints.MapGroup(routePrefix);

    /// <summary>The grains on whatever <see cref="IJournal"/> and <see cref="IWakeIndex"/> are registered.</summary>
    public static IServiceCollection AddEmbeddedGrainServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDurableGrains();
        services.AddSingleton<IReminderStore, EmbeddedReminders>();
        services.AddEmbeddedGrains(static options => options.GrainAssemblies.Add(typeof(GrainHosting).Assembly));
        // After the engine, so that grains can be called when it starts and no longer when it stops.
        services.AddSingleton<JournalWakeUps>();
        services.TryAddSingleton<IWakeUps>(static provider => provider.GetRequiredService<JournalWakeUps>());
        services.AddHostedService(static provider => provider.GetRequiredService<JournalWakeUps>());
        return services;
    }

    private static FileJournal OpenJournal(IServiceProvider services, JournalOptions options) =>
        FileJournal.Open(
            options,
            new PhysicalDisk(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<FileJournal>>()
        );
}
