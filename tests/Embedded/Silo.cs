using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Embedded.Tests;

/// <summary>The engine as a bare service collection gives it, under a clock that the test moves.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Silo(
        Action<EmbeddedOptions>? options = null,
        Action<IServiceCollection>? services = null,
        bool realTime = false,
        SteppedTurns? turns = null
    )
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<ILoggerProvider>(Logs);
        collection.AddLogging();
        collection.AddSingleton(Journal);
        if (!realTime)
        {
            collection.AddSingleton<TimeProvider>(Time);
        }
        if (turns is not null)
        {
            collection.AddSingleton<ITurnScheduler>(turns);
        }
        services?.Invoke(collection);
        collection.AddEmbeddedGrains(x =>
        {
            x.GrainAssemblies.Add(typeof(Silo).Assembly);
            options?.Invoke(x);
        });
        _services = collection.BuildServiceProvider(validateScopes: true);
        Engine = _services.GetRequiredService<EmbeddedEngine>();
    }

    public ManualTime Time { get; } = new();

    public LogBook Logs { get; } = new();

    /// <summary>What grains wrote down.</summary>
    public Notes Journal { get; } = new();

    public EmbeddedEngine Engine { get; }

    public IGrainFactory Grains => Engine;

    public IServiceProvider Services => _services;

    public T Grain<T>(string key = "a")
        where T : IGrainWithStringKey => Grains.GetGrain<T>(key);

    public IManagementGrain Management => Grains.GetGrain<IManagementGrain>(0);

    public ValueTask DisposeAsync()
    {
        // A graceful stop would wait for grains that a test left waiting, on a clock that nobody moves any more.
        Engine.Abandon();
        return _services.DisposeAsync();
    }
}
