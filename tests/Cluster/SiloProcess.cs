using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Actors.TestKit.Processes;

namespace Actors.Cluster.Tests;

/// <summary>A silo as it is deployed: the program itself, set up by environment variables, killed by SIGKILL.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private SiloProcess(Process process, Uri web)
    {
        (_process, Web) = (process, web);
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
    }

    /// <summary>Where it answers operators.</summary>
    public Uri Web { get; }

    public bool HasExited => _process.HasExited;

    public static async Task<SiloProcess> StartAsync(
        string azureStorage,
        string serviceId,
        params (string Name, string Value)[] settings
    )
    {
        var web = $"http://127.0.0.1:{FreePort()}";
        var silo = new SiloProcess(
            Launch([
                ("urls", web),
                ("Cluster:AzureStorage", azureStorage),
                ("Cluster:ServiceId", serviceId),
                ("Cluster:ClusterId", serviceId),
                ("Cluster:SiloPort", $"{FreePort()}"),
                ("Cluster:GatewayPort", $"{FreePort()}"),
                ("Cluster:AdvertisedAddress", "127.0.0.1"),
                ("Logging:LogLevel:Default", "Critical"),
                .. settings,
            ]),
            new Uri(web)
        );
        await silo.IsReadyAsync();
        return silo;
    }

    /// <summary>Starts a silo that is not expected to last. Its exit code, and what it says on the error output.</summary>
    public static async Task<(int ExitCode, string Error)> RunToEndAsync(params (string Name, string Value)[] settings)
    {
        using var process = Launch([("Logging:LogLevel:Default", "None"), .. settings]);
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    public void Kill() => _process.Kill();

    public void Freeze() => HostProcess.Freeze(_process);

    public void Thaw() => HostProcess.Thaw(_process);

    public void Terminate() => HostProcess.Terminate(_process);

    public Task ExitAsync() => _process.WaitForExitAsync().WaitAsync(EndsWithin, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Launch(IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Actors.Silo.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        return Process.Start(start)!;
    }

    private async Task IsReadyAsync()
    {
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = Web };
        var watch = Stopwatch.StartNew();
        while (!await TryAsync(client))
        {
            Assert.False(_process.HasExited, "The silo has ended.");
            Assert.True(watch.Elapsed < StartsWithin, "The silo is not ready in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task<bool> TryAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
