using System.Collections.Concurrent;
using Actors.Grains.Hosting;
using Actors.TestKit;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Actors.Cluster.Tests;

/// <summary>Three silos on Azure Storage. A crash ends the cluster and starts another one on the same data.</summary>
public sealed class ClusterGrainEngine : IGrainEngine
{
    private const short Silos = 3;

    private static readonly ConcurrentDictionary<string, ShiftedTime> Times = new();

    private readonly string _azureStorage;
    private readonly string _serviceId;
    private readonly ClusterStorage _storage;
    private readonly ShiftedTime _time;

    private ClusterGrainEngine(string azureStorage, string serviceId, ClusterStorage storage) =>
        (_azureStorage, _serviceId, _storage, _time) = (azureStorage, serviceId, storage, TimeOf(serviceId));

    public TestCluster Cluster { get; private set; } = null!;

    public IGrainFactory Grains => Cluster.GrainFactory;

    public TimeProvider Time => _time;

    public static async Task<ClusterGrainEngine> StartAsync(
        string azureStorage,
        string serviceId,
        ClusterStorage storage = ClusterStorage.Blob
    )
    {
        var engine = new ClusterGrainEngine(azureStorage, serviceId, storage);
        await engine.DeployAsync();
        return engine;
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return Task.CompletedTask;
    }

    public Task DeactivateAllAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async Task CrashAsync()
    {
        await KillAllAsync();
        await DeployAsync();
    }

    public async ValueTask DisposeAsync() => await KillAllAsync();

    private async Task KillAllAsync()
    {
        foreach (var silo in Cluster.Silos.ToArray())
        {
            await Cluster.KillSiloAsync(silo);
        }
        await Cluster.KillClientAsync();
        await Cluster.DisposeAsync();
    }

    private async Task DeployAsync()
    {
        var builder = new TestClusterBuilder(Silos);
        builder.Options.ServiceId = _serviceId;
        builder.Options.UseTestClusterMembership = false;
        builder.Options.ConfigureFileLogging = false;
        builder.Properties["Cluster:ServiceId"] = _serviceId;
        builder.Properties["Cluster:AzureStorage"] = _azureStorage;
        builder.Properties["Cluster:Storage"] = _storage.ToString();
        builder.AddSiloBuilderConfigurator<Configurator>();
        builder.AddClientBuilderConfigurator<Configurator>();
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    private static ShiftedTime TimeOf(string serviceId) => Times.GetOrAdd(serviceId, static _ => new ShiftedTime());

    /// <summary>The test host makes these by their type, so what they need comes by the settings.</summary>
    private sealed class Configurator : ISiloConfigurator, IClientBuilderConfigurator
    {
        private static readonly string[] OnSystemTime =
        [
            TimeProviderNames.ActivationManagement,
            TimeProviderNames.GrainDirectory,
            TimeProviderNames.Membership,
            TimeProviderNames.Messaging,
            TimeProviderNames.SystemTimers,
        ];

        public void Configure(ISiloBuilder silo)
        {
            var settings = ClusterSettings.From(silo.Configuration);
            silo.Services.AddSingleton<TimeProvider>(TimeOf(settings.ServiceId));
            foreach (var area in OnSystemTime)
            {
                silo.Services.AddKeyedSingleton(area, TimeProvider.System);
            }
            silo.UseAzureStorage(settings);
            silo.Services.AddClusterGrainServices(settings.JournalKey);
            // Find out quickly that a silo is gone.
            silo.Configure<ClusterMembershipOptions>(static membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 1;
            });
        }

        public void Configure(IConfiguration configuration, IClientBuilder client) =>
            client.UseAzureStorageClustering(options =>
                options.TableServiceClient = new TableServiceClient(configuration["Cluster:AzureStorage"])
            );
    }
}
