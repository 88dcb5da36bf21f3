using Actors.Grains.Durability;
using Actors.Journal;
using Actors.Journal.GrainStorage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Actors.Grains.Hosting;

/// <summary>A cluster's storage without a silo, for the tools that look at it or fill it.</summary>
public sealed class ClusterStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ClusterSettings _settings;
    private readonly TimeProvider _time;
    private readonly ReminderWakeUps _wakeUps;

    private ClusterStore(ServiceProvider services, ClusterSettings settings, TimeProvider time)
    {
        (_services, _settings, _time) = (services, settings, time);
        Storage = services.GetRequiredKeyedService<IGrainStorage>(ClusterNode.JournalStorageName);
        Catalog = new AzureStreamCatalog(settings, Storage);
        Reminders = services.GetRequiredService<IReminderTable>();
        _wakeUps = new ReminderWakeUps(time, services.GetRequiredService<IOptions<ReminderOptions>>());
    }

    public IGrainStorage Storage { get; }

    public IStreamCatalog Catalog { get; }

    public IReminderTable Reminders { get; }

    public static async Task<ClusterStore> OpenAsync(ClusterSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = new StorageBuilder();
        builder.Services.AddLogging().AddSerializer();
        builder.Services.AddSingleton(time);
        builder.Services.Configure<ClusterOptions>(cluster =>
            (cluster.ServiceId, cluster.ClusterId) = (settings.ServiceId, settings.ClusterId)
        );
        builder.UseJournalStorage(settings);
        var tables = settings.Account.Tables();
        builder.UseAzureTableReminderService(options => options.TableServiceClient = tables);
        var store = new ClusterStore(builder.Services.BuildServiceProvider(), settings, time);
        await store.StartAsync();
        return store;
    }

    /// <summary>Commits of its own, beside those of the silos.</summary>
    public GrainStorageJournal OpenJournal() => ClusterNode.OpenJournal(_services, _settings);

    public StoredJournalTools Tools(TextWriter output)
    {
        var repair = new StreamRepair(
            Storage,
            ClusterNode.JournalOptionsOf(_settings),
            ClusterNode.NewWriterId(),
            _time,
            _services.GetRequiredService<ILogger<StreamRepair>>()
        );
        return new StoredJournalTools(OpenJournal(), Catalog, repair, output);
    }

    /// <summary>Brings a stopped directory here.</summary>
    /// <exception cref="JournalMoveException">This storage holds other data.</exception>
    public Task<MoveResult> MoveAsync(FileJournal source, CancellationToken cancellation = default) =>
        new JournalMove(
            source,
            Storage,
            Catalog,
            ClusterNode.JournalOptionsOf(_settings),
            pending => _wakeUps.RegisterAsync(Reminders, pending),
            ClusterNode.NewWriterId(),
            _time,
            _services.GetRequiredService<ILogger<JournalMove>>()
        ).RunAsync(cancellation);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // What a silo's start would do with the two; nothing else of a silo runs.
    private async Task StartAsync()
    {
        var lifecycle = new SiloLifecycleSubject(_services.GetRequiredService<ILogger<SiloLifecycleSubject>>());
        (Storage as ILifecycleParticipant<ISiloLifecycle>)?.Participate(lifecycle);
        await lifecycle.OnStart();
        await Reminders.StartAsync();
    }

    private sealed class StorageBuilder : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
