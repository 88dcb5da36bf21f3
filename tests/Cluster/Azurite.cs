using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Actors.TestKit.Processes;

[assembly: AssemblyFixture(typeof(Actors.Cluster.Tests.Azurite))]

namespace Actors.Cluster.Tests;

/// <summary>
/// The storage emulator, from npm and in memory, on ports of its own. An account that
/// <c>Cluster__AzureStorage</c> names is used instead.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Package = "azurite@3.37.0";
    private const string Account = "devstoreaccount1";

    // Everybody's key of the emulator's only account.
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process? _process;

    public string ConnectionString { get; private set; } =
        Environment.GetEnvironmentVariable("Cluster__AzureStorage") ?? "";

    /// <summary>False for an account that lies elsewhere.</summary>
    public bool CanFreeze => _process is not null;

    public void Freeze() => HostProcess.Freeze(_process!);

    public void Thaw() => HostProcess.Thaw(_process!);

    public async ValueTask InitializeAsync()
    {
        if (ConnectionString.Length > 0)
        {
            return;
        }
        var (blobPort, queuePort, tablePort) = (FreePort(), FreePort(), FreePort());
        _process = Process.Start(
            new ProcessStartInfo(await InstallAsync())
            {
                ArgumentList =
                {
                    "--skipApiVersionCheck",
                    "--disableTelemetry",
                    "--inMemoryPersistence",
                    "--silent",
                    $"--blobPort={blobPort}",
                    $"--queuePort={queuePort}",
                    $"--tablePort={tablePort}",
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        );
        _process!.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await ListensAsync(blobPort);
        await ListensAsync(tablePort);
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }
        // Frozen it would not hear the signal; killed otherwise, it forgets writes that it has acknowledged.
        HostProcess.Thaw(_process);
        HostProcess.Terminate(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Where npm keeps the program, which the first run downloads: started by npm it would not hear signals.</summary>
    private static async Task<string> InstallAsync()
    {
        using var npm = Process.Start(
            new ProcessStartInfo("npm")
            {
                ArgumentList = { "exec", "--yes", $"--package={Package}", "-c", "command -v azurite" },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var complaints = npm.StandardError.ReadToEndAsync();
        var path = (await npm.StandardOutput.ReadToEndAsync()).Trim();
        await npm.WaitForExitAsync();
        Assert.True(File.Exists(path), $"npm could not install {Package}: {await complaints}");
        return path;
    }

    private async Task ListensAsync(int port)
    {
        var watch = Stopwatch.StartNew();
        while (!await TryConnectAsync(port))
        {
            Assert.False(_process!.HasExited, "Azurite did not start; is npm installed?");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "Azurite did not listen in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task<bool> TryConnectAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
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
