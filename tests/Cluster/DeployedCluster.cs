using System.Net;
using Actors.TestKit.Processes;

namespace Actors.Cluster.Tests;

/// <summary>Two silos, an API host and their storage, each a process as it is deployed.</summary>
internal sealed class DeployedCluster : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("actors-cluster-");
    private readonly TokenMint _mint = new("a signing key that only this test knows");
    private readonly List<SiloProcess> _silos = [];
    private readonly string _service = $"cluster-{Environment.ProcessId}-{Environment.TickCount64}";
    private HostProcess? _api;

    private DeployedCluster() { }

    public Azurite Storage { get; } = new();

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IPEndPoint Api { get; private set; } = null!;

    /// <summary>The newest errors that the API host has noted.</summary>
    public string ApiErrors => _api!.Output;

    public static async Task<DeployedCluster> StartAsync()
    {
        var cluster = new DeployedCluster();
        try
        {
            await cluster.OpenAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public string Token(string subject, string role) => _mint.Issue(subject, role);

    /// <summary>Starts a silo in the place of each that has ended, as whoever runs them would.</summary>
    public async Task ReviveAsync()
    {
        var ended = _silos.Where(static silo => silo.HasExited).ToArray();
        foreach (var silo in ended)
        {
            _silos.Remove(silo);
            await silo.DisposeAsync();
        }
        _silos.AddRange(await Task.WhenAll(ended.Select(_ => StartSiloAsync())));
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
        await Storage.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task OpenAsync()
    {
        await Storage.InitializeAsync();
        _silos.Add(await StartSiloAsync());
        _silos.Add(await StartSiloAsync());
        _api = HostProcess.Start(
            _directory.FullName,
            _mint,
            ("Cluster:AzureStorage", Storage.ConnectionString),
            ("Cluster:ServiceId", _service),
            ("Cluster:ClusterId", _service),
            ("Limits:RequestsPerMinute", "1000000000"),
            ("Logging:LogLevel:Default", "Error")
        );
        await _api.ReadyAsync(ReadyWithin);
        Api = await _api.EndPointAsync();
    }

    private Task<SiloProcess> StartSiloAsync() =>
        SiloProcess.StartAsync(Storage.ConnectionString, _service, ("Queues:MaxLength", "1000"));
}
