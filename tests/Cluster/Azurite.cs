using Actors.TestKit.Processes;

[assembly: AssemblyFixture(typeof(Actors.Cluster.Tests.Azurite))]

namespace Actors.Cluster.Tests;

/// <summary>The storage of all tests. An account that <c>Cluster__AzureStorage</c> names is used instead of the emulator.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteProcess? _process;

    public string ConnectionString { get; private set; } =
        Environment.GetEnvironmentVariable("Cluster__AzureStorage") ?? "";

    /// <summary>False for an account that lies elsewhere.</summary>
    public bool CanFreeze => _process is not null;

    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    public async ValueTask InitializeAsync()
    {
        if (ConnectionString.Length == 0)
        {
            _process = await AzuriteProcess.StartAsync();
            ConnectionString = _process.ConnectionString;
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
