using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.Cluster.Tests;

/// <summary>A silo as it is deployed: the program itself, set up by environment variables, killed by SIGKILL.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Uri _ready;

    private SiloProcess(Process process, Uri ready) => (_process, _ready) = (process, ready);

    public static async Task<SiloProcess> StartAsync(string azureStorage, string serviceId)
    {
        var web = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Actors.Silo.dll"), "--urls", web },
            RedirectStandardOutput = true,
            Environment =
            {
                ["Cluster__AzureStorage"] = azureStorage,
                ["Cluster__ServiceId"] = serviceId,
                ["Cluster__ClusterId"] = serviceId,
                ["Cluster__SiloPort"] = $"{FreePort()}",
                ["Cluster__GatewayPort"] = $"{FreePort()}",
                ["Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["Logging__LogLevel__Default"] = "Error",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var silo = new SiloProcess(process, new Uri($"{web}/readyz"));
        await silo.IsReadyAsync();
        return silo;
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task IsReadyAsync()
    {
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (!await TryAsync(client))
        {
            Assert.False(_process.HasExited, "The silo has ended.");
            Assert.True(watch.Elapsed < StartsWithin, "The silo is not ready in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<bool> TryAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(_ready);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
