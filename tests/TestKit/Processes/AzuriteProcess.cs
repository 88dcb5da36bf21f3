using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.TestKit.Processes;

/// <summary>The storage emulator, from npm and in memory, on ports of its own.</summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private const string Package = "azurite@3.37.0";

    public const string Account = "devstoreaccount1";

    // Everybody's key of the emulator's only account.
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan ListensWithin = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private AzuriteProcess(Process process, int blobPort, int tablePort, StorageCalls? calls)
    {
        (_process, BlobPort, TablePort, Calls) = (process, blobPort, tablePort, calls);
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};"
            + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";
    }

    public string ConnectionString { get; }

    public int BlobPort { get; }

    public int TablePort { get; }

    /// <summary>What the emulator was asked for; null unless it was to be counted.</summary>
    public StorageCalls? Calls { get; }

    /// <param name="countsCalls">By the emulator's own access log.</param>
    /// <param name="options">More of the emulator's own options.</param>
    public static async Task<AzuriteProcess> StartAsync(bool countsCalls = false, params string[] options)
    {
        var (blobPort, queuePort, tablePort) = (FreePort(), FreePort(), FreePort());
        var calls = countsCalls ? new StorageCalls() : null;
        var start = new ProcessStartInfo(
            await InstallAsync(),
            [
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--inMemoryPersistence",
                $"--blobPort={blobPort}",
                $"--queuePort={queuePort}",
                $"--tablePort={tablePort}",
                .. countsCalls ? (string[])[] : ["--silent"],
                .. options,
            ]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => calls?.Note(line.Data);
        process.BeginOutputReadLine();
        await ListensAsync(process, blobPort);
        await ListensAsync(process, tablePort);
        return new AzuriteProcess(process, blobPort, tablePort, calls);
    }

    public void Freeze() => HostProcess.Freeze(_process);

    public void Thaw() => HostProcess.Thaw(_process);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Frozen it would not hear the signal; killed otherwise, it forgets writes that it has acknowledged.
            Thaw();
            HostProcess.Terminate(_process);
        }
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Where npm keeps the program, which the first run downloads: started by npm it would not hear signals.</summary>
    private static async Task<string> InstallAsync()
    {
        using var npm = Process.Start(
            new ProcessStartInfo("npm", ["exec", "--yes", $"--package={Package}", "-c", "command -v azurite"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var complaints = npm.StandardError.ReadToEndAsync();
        var path = (await npm.StandardOutput.ReadToEndAsync()).Trim();
        await npm.WaitForExitAsync();
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"npm could not install {Package}: {await complaints}");
    }

    private static async Task ListensAsync(Process process, int port)
    {
        var watch = Stopwatch.StartNew();
        while (!await TryConnectAsync(port))
        {
            if (process.HasExited || watch.Elapsed > ListensWithin)
            {
                throw new InvalidOperationException("Azurite does not listen; is npm installed?");
            }
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
