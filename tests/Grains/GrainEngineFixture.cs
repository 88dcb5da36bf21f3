using Actors.TestKit;

namespace Actors.Grains.Tests;

/// <summary>The engine that grain tests share. The cluster suite replaces this one file by its own.</summary>
public sealed class GrainEngineFixture : IAsyncLifetime
{
    public IGrainEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Engine = await EmbeddedGrainEngine.StartAsync(
            new EmbeddedGrainEngineOptions { GrainAssemblies = [typeof(GrainEngineFixture).Assembly] }
        );

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
