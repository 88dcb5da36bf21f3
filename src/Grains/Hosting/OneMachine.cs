using System.Diagnostics.Metrics;
using System.Net;
using Actors.Grains.Durability;
using Actors.Grains.Hosting.Anchoring;
using Actors.Grains.Operations;
using Actors.Journal;
using Actors.Journal.Disks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Actors.Grains.Hosting;

/// <summary>One silo inside this process that listens nowhere, durable in a directory.</summary>
public static class OneMachine
{
    private const int RememberedActivations = 1_000;

    internal static IHostApplicationBuilder AddOneMachine(this IHostApplicationBuilder builder)
    {
        var journal = JournalSettings.From(builder.Configuration);
        builder.Services.TryAddSingleton<IDisk, PhysicalDisk>();
        var anchoring = AnchorSettings.From(builder.Configuration);
        builder.Services.AddSingleton<JournalOpening>();
        builder.Services.AddSingleton(services =>
            services
                .GetRequiredService<JournalOpening>()
                .Open(journal with { MeterScope = services.GetRequiredService<IMeterFactory>() }, anchoring)
        );
        builder.Services.AddSingleton<IJournal>(static services => services.GetRequiredService<FileJournal>());
        builder.Services.AddSingleton<IWakeIndex>(static services => services.GetRequiredService<FileJournal>());
        builder.Services.AddSingleton<IJournalCondition>(static services => services.GetRequiredService<FileJournal>());
        builder.Services.AddErasableKeys(journal, JournalSettings.ErasedListFrom(builder.Configuration));
        builder.Services.AddAttachments(journal);
        builder.Services.AddSingleton<IStorageRoundTrip, DirectoryRoundTrip>();
        builder.Services.AddHostedService<JournalGuard>();
        if (anchoring is not null)
        {
            // Before the silo, so that it stops after it, when nothing is written any more.
            builder.Services.AddSingleton(anchoring);
            builder.Services.AddHostedService<JournalAnchoring>();
        }
        builder.UseOrleans(static silo => silo.UseOneMachine().AddDashboard());
        // After the silo, so that grains can be called when it starts and no longer when it stops.
        builder.Services.AddHostedService(static services => services.GetRequiredService<JournalWakeUps>());
        return builder;
    }

    /// <summary>A silo of its own, which no other one can meet; the journal is whatever is registered.</summary>
    public static ISiloBuilder UseOneMachine(this ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(static cluster => (cluster.ServiceId, cluster.ClusterId) = ("actors", "one"));
        silo.Configure<EndpointOptions>(static endpoints =>
        {
            // A name within this process; nothing is bound to it.
            (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.GatewayPort) = (IPAddress.Loopback, 1, 0);
        });
        // By default the table is made for a million grains: 18 MiB for a machine on which every look-up is local.
        silo.Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = RememberedActivations);
        silo.Services.AddSingleton<IMembershipTable, MembershipOfOne>();
        silo.Services.ListenNowhere();
        silo.Services.AddDurableGrains();
        silo.Services.AddSingleton<JournalWakeUps>();
        silo.Services.TryAddSingleton<IWakeUps>(static services => services.GetRequiredService<JournalWakeUps>());
        return silo;
    }
}
