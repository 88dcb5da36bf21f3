using Actors.Cluster.Tests;
using Actors.TestKit;

namespace Actors.Grains.Tests;

/// <summary>Takes the place of the fixture of the same name, so that the grain suites run here as they are.</summary>
public sealed class GrainEngineFixture(Azurite azurite) : IAsyncLifetime
{
    private static int _count;

    public IGrainEngine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Engine = await ClusterGrainEngine.StartAsync(
            azurite.ConnectionString,
            $"suite{Interlocked.Increment(ref _count)}-{Environment.ProcessId}-{Environment.TickCount64}"
        );

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
