using System.Security.Cryptography;
using Actors.Grains.Durability;
using Actors.Grains.Operations;
using Actors.Journal;
using Actors.Journal.GrainStorage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Actors.Grains.Hosting;

/// <summary>Silos and API hosts that find each other, and keep everything, in one Azure Storage account.</summary>
public static class ClusterNode
{
    public const string JournalStorageName = "journal";

    /// <summary>A silo: hosts grains, and takes calls from other silos and from API hosts.</summary>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        silo.Configure<ClusterMembershipOptions>(NoticeTheDead);
        silo.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = ClusterTimes.Answer);
        if (settings.Advertised is { } address)
        {
            silo.ConfigureEndpoints(address, settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
        return silo.UseStorage(settings);
    }

    /// <summary>An API host: calls the silos' grains.</summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterSettings settings)
    {
        client.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        client.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = ClusterTimes.Answer);
        client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = ClusterTimes.Gateways);
        // Files are not passed on from grain to grain.
        client.Services.AddErasableKeys(settings).AddAttachments(settings);
        var tables = settings.Account.Tables();
        return client.UseAzureStorageClustering(options => options.TableServiceClient = tables);
    }

    /// <summary>Membership, reminders and the journal of the grains, by Orleans' own providers.</summary>
    public static ISiloBuilder UseStorage(this ISiloBuilder silo, ClusterSettings settings)
    {
        var tables = settings.Account.Tables();
        silo.UseAzureStorageClustering(options => options.TableServiceClient = tables);
        silo.UseAzureTableReminderService(options => options.TableServiceClient = tables);
        silo.Services.AddDurableGrains();
        silo.Services.AddSingleton<IWakeUps, ReminderWakeUps>();
        silo.Services.AddSingleton<IJournal>(services => OpenJournal(services, settings));
        silo.Services.AddErasableKeys(settings).AddAttachments(settings);
        silo.Services.AddSingleton<IStorageRoundTrip>(_ =>
            settings.Storage == ClusterStorage.Table ? new TableRoundTrip(settings) : new BlobRoundTrip(settings)
        );
        return silo.UseJournalStorage(settings);
    }

    /// <summary>Where the journal's records lie, also for tools that are no silo.</summary>
    internal static ISiloBuilder UseJournalStorage(this ISiloBuilder silo, ClusterSettings settings) =>
        settings.Storage == ClusterStorage.Table
            ? silo.AddAzureTableGrainStorage(JournalStorageName, options => Configure(options, settings))
            : silo.AddAzureBlobGrainStorage(JournalStorageName, options => Configure(options, settings));

    internal static GrainStorageJournal OpenJournal(IServiceProvider services, ClusterSettings settings) =>
        new(
            services.GetRequiredKeyedService<IGrainStorage>(JournalStorageName),
            JournalOptionsOf(settings),
            NewWriterId(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<GrainStorageJournal>>()
        );

    internal static GrainStorageJournalOptions JournalOptionsOf(ClusterSettings settings) =>
        new() { Key = settings.JournalKey, Retention = RetentionAges.All };

    internal static Guid NewWriterId() => new(RandomNumberGenerator.GetBytes(16));

    /// <summary>Rows of a table are named by the service, blobs only by what contains them.</summary>
    internal static string ContainerOf(ClusterSettings settings) => $"{settings.ServiceId}-{JournalStorageName}";

    private static void Name(ClusterOptions cluster, ClusterSettings settings) =>
        (cluster.ServiceId, cluster.ClusterId) = (settings.ServiceId, settings.ClusterId);

    private static void NoticeTheDead(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ClusterTimes.Probe;
        membership.MaxProbeTimeout = ClusterTimes.LongestProbe;
        membership.IAmAliveTablePublishTimeout = ClusterTimes.Alive;
        membership.TableRefreshTimeout = ClusterTimes.Members;
    }

    // Orleans' binary serializer goes by aliases and ids, so that stored segments survive a renamed type; its JSON one
    // writes the names of types down.
    private static void Configure(OptionsBuilder<AzureBlobStorageOptions> builder, ClusterSettings settings) =>
        builder.Configure<Serializer>(
            (options, serializer) =>
            {
                options.BlobServiceClient = settings.Account.Blobs();
                options.ContainerName = ContainerOf(settings);
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }
        );

    private static void Configure(OptionsBuilder<AzureTableStorageOptions> builder, ClusterSettings settings) =>
        builder.Configure<Serializer>(
            (options, serializer) =>
            {
                options.TableServiceClient = settings.Account.Tables();
                options.TableName = JournalStorageName;
                options.DeleteStateOnClear = true;
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }
        );
}
