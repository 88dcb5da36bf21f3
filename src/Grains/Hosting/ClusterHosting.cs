using System.Security.Cryptography;
using Actors.Grains.Durability;
using Actors.Grains.Durability.GrainStorage;
using Actors.Journal;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Orleans.Storage;

namespace Actors.Grains.Hosting;

/// <summary>Runs the grains on a cluster of silos, durable in Azure Storage.</summary>
public static class GrainHosting
{
    public const string JournalStorageName = "journal";

    private const string SecretsDirectory = "/run/secrets";

    /// <summary>A silo hosts grains; an API host calls them as a client of the cluster.</summary>
    public static IHostApplicationBuilder AddGrains(this IHostApplicationBuilder builder, HostRole role = HostRole.Api)
    {
        // Secrets as files, such as Cluster__AzureStorage, where the container runtime mounts them.
        builder.Configuration.AddKeyPerFile(SecretsDirectory, optional: true);
        var settings = ClusterSettings.From(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddGrainOptions(builder.Configuration);
        builder.Services.Configure<ExceptionSerializationOptions>(PassOwnExceptions);
        return role == HostRole.Silo
            ? builder.UseOrleans(silo => AddSilo(silo, settings))
            : builder.UseOrleansClient(client => AddClient(client, settings));
    }

    /// <summary>The Orleans dashboard. It has no authentication of its own: whoever maps it says who may see it.</summary>
    public static IEndpointConventionBuilder MapEngineDashboard(
        this IEndpointRouteBuilder endpoints,
        string routePrefix
    ) => endpoints.MapOrleansDashboard(routePrefix);

    /// <summary>The journal over the named grain storage, and reminders that wake grains with something left to do.</summary>
    public static IServiceCollection AddClusterGrainServices(this IServiceCollection services, ReadOnlyMemory<byte> key)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<ExceptionSerializationOptions>(PassOwnExceptions);
        services.AddDurableGrains();
        services.AddSingleton<IWakeUps, ReminderWakeUps>();
        services.AddSingleton<IJournal>(provider => new GrainStorageJournal(
            provider.GetRequiredKeyedService<IGrainStorage>(JournalStorageName),
            new GrainStorageJournalOptions { Key = key },
            new Guid(RandomNumberGenerator.GetBytes(16)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GrainStorageJournal>>()
        ));
        return services;
    }

    // Otherwise an unexpected exception of ours reaches the caller as a complaint about its missing codec.
    private static void PassOwnExceptions(ExceptionSerializationOptions options) =>
        options.SupportedNamespacePrefixes.Add("Actors");

    private static void AddSilo(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Services.AddClusterGrainServices(settings.JournalKey);
        silo.AddDashboard();
        if (settings.Local)
        {
            silo.UseLocalhostClustering(
                settings.SiloPort,
                settings.GatewayPort,
                serviceId: settings.ServiceId,
                clusterId: settings.ClusterId
            );
            silo.AddMemoryGrainStorage(JournalStorageName);
            silo.UseInMemoryReminderService();
            return;
        }
        silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        ConfigureEndpoints(silo, settings);
        silo.UseAzureStorage(settings);
    }

    /// <summary>Clustering, reminders and the journal in one storage account.</summary>
    public static ISiloBuilder UseAzureStorage(this ISiloBuilder silo, ClusterSettings settings)
    {
        var tables = new TableServiceClient(settings.AzureStorage);
        silo.UseAzureStorageClustering(options => options.TableServiceClient = tables);
        silo.UseAzureTableReminderService(options => options.TableServiceClient = tables);
        return settings.Storage == ClusterStorage.Table
            ? silo.AddAzureTableGrainStorage(JournalStorageName, options => Configure(options, tables))
            : silo.AddAzureBlobGrainStorage(JournalStorageName, options => Configure(options, settings));
    }

    private static void AddClient(IClientBuilder client, ClusterSettings settings)
    {
        client.AddDashboard();
        if (settings.Local)
        {
            client.UseLocalhostClustering(settings.GatewayPort, settings.ServiceId, settings.ClusterId);
            return;
        }
        client.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        client.UseAzureStorageClustering(options =>
            options.TableServiceClient = new TableServiceClient(settings.AzureStorage)
        );
    }

    private static void ConfigureEndpoints(ISiloBuilder silo, ClusterSettings settings)
    {
        if (settings.AdvertisedAddress is { } address)
        {
            silo.ConfigureEndpoints(address, settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
    }

    private static void Name(ClusterOptions cluster, ClusterSettings settings) =>
        (cluster.ServiceId, cluster.ClusterId) = (settings.ServiceId, settings.ClusterId);

    // Orleans' binary serializer goes by aliases and ids, so that stored segments survive a renamed type; its JSON one
    // writes the names of types down.
    private static void Configure(OptionsBuilder<AzureBlobStorageOptions> builder, ClusterSettings settings) =>
        builder.Configure<Serializer>(
            (options, serializer) =>
            {
                options.BlobServiceClient = new BlobServiceClient(settings.AzureStorage);
                // Rows of a table are named by the service, blobs only by what contains them.
                options.ContainerName = $"{settings.ServiceId}-{JournalStorageName}";
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }
        );

    private static void Configure(OptionsBuilder<AzureTableStorageOptions> builder, TableServiceClient tables) =>
        builder.Configure<Serializer>(
            (options, serializer) =>
            {
                options.TableServiceClient = tables;
                options.TableName = JournalStorageName;
                options.DeleteStateOnClear = true;
                options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            }
        );
}
