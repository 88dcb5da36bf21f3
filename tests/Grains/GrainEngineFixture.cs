using Actors.TestKit;

[assembly: TestFramework(typeof(SimulatedTestFramework))]

namespace Actors.Grains.Tests;

/// <summary>The engine that grain tests share. The cluster suite replaces this one file by its own.</summary>
public sealed class GrainEngineFixture : IAsyncLifetime
{
    public IGrainEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { GrainAssemblies = [typeof(GrainEngineFixture).Assembly] }
        );

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
