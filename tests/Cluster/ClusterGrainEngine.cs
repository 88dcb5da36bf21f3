using System.Runtime.CompilerServices;
using Actors.Grains.Hosting;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Actors.Cluster.Tests;

/// <summary>
/// Three silos as they are deployed, on Azure Storage and in this process, with a clock that tests can move. A crash ends
/// the cluster and starts another one on the same data.
/// </summary>
public sealed class ClusterGrainEngine : IGrainEngine
{
    private const int Silos = 3;

    /// <summary>In production a minute: a test that waits for a reminder would wait that long.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromSeconds(1);

    /// <summary>
    /// As long as silos wait for each other here. These suites are about what comes of calls, on processors that other suites
    /// share; how soon callers hear of silos that are gone is looked at with processes, by the chaos suite.
    /// </summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    private readonly ClusterSettings _settings;
    private readonly ShiftedTime _time;
    private int _lives;

    private ClusterGrainEngine(ClusterSettings settings, ShiftedTime time) => (_settings, _time) = (settings, time);

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IGrainFactory Grains => Cluster.Client;

    public TimeProvider Time => _time;

    /// <param name="time">Of another cluster on the same data; by default one of its own.</param>
    public static Task<ClusterGrainEngine> StartAsync(
        string azureStorage,
        string serviceId,
        ClusterStorage storage = ClusterStorage.Blob,
        ShiftedTime? time = null
    )
    {
        Assert.True(StorageAccount.TryParse(azureStorage, out var account));
        return StartAsync(account, serviceId, storage, time);
    }

    /// <summary>The same on an account that is opened or reached in its own way.</summary>
    public static async Task<ClusterGrainEngine> StartAsync(
        StorageAccount account,
        string serviceId,
        ClusterStorage storage = ClusterStorage.Blob,
        ShiftedTime? time = null
    )
    {
        var settings = new ClusterSettings
        {
            Account = account,
            ServiceId = serviceId,
            Storage = storage,
        };
        var engine = new ClusterGrainEngine(settings, time ?? new ShiftedTime());
        await engine.DeployAsync();
        return engine;
    }

    /// <summary>A round takes a hundred times as long as on the simulated engine, and meets other orders by itself.</summary>
    public int Rounds(int many) => (many + 9) / 10;

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
        await Cluster.KillClientAsync();
        // In the test host a killed silo still signs off in the table of members, where all at once are in each other's way
        // for seconds; the same holds for starting.
        foreach (var silo in Cluster.Silos.Reverse().ToArray())
        {
            await Cluster.KillSiloAsync(silo);
        }
        await Cluster.DisposeAsync();
    }

    private async Task DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        // Every life is another cluster of the same service, which need not find out first that the silos before it are dead.
        var settings = _settings with
        {
            ClusterId = $"{builder.Options.ClusterId}-{++_lives}",
        };
        builder.Options.ServiceId = settings.ServiceId;
        builder.Options.ClusterId = settings.ClusterId;
        builder.Options.ConfigureFileLogging = false;
        // As in a deployed silo: members in Azure's table, and therefore the directory that Orleans takes by itself.
        UseTestClusterMembership(builder.Options, false);
        builder.ConfigureSilo((_, silo) => Configure(silo, settings));
        builder.ConfigureClient(client =>
            client
                .UseCluster(settings)
                .Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = Answer)
        );
        Cluster = builder.Build();
        await Cluster.DeployAsync();
        while (Cluster.Silos.Count < Silos)
        {
            await Cluster.StartAdditionalSiloAsync();
        }
    }

    // The test host has this setting, and keeps it to itself.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_UseTestClusterMembership")]
    private static extern void UseTestClusterMembership(InProcessTestClusterOptions options, bool value);

    private void Configure(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.UseStorage(settings);
        silo.Services.AddSingleton<TimeProvider>(_time);
        // What silos tell each other goes by the clock on the wall.
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _time);
        silo.Configure<ReminderOptions>(static reminders => reminders.MinimumReminderPeriod = ReminderPeriod);
    }
}
