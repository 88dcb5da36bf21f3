using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Bench.Cluster;

/// <summary>Silos in processes of their own, and a client of theirs in this one.</summary>
internal sealed class Silos : IAsyncDisposable
{
    private const int Count = 2;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly List<Process> _silos;
    private readonly IHost _client;

    private Silos(List<Process> silos, IHost client) => (_silos, _client) = (silos, client);

    public IGrainFactory Grains => _client.Services.GetRequiredService<IGrainFactory>();

    /// <param name="program">What a silo's command line begins with.</param>
    /// <param name="settings">Of the client; silos get the same by their environment, with ports of their own.</param>
    public static async Task<Silos> StartAsync(
        string[] program,
        ClusterSettings settings,
        Action<IClientBuilder> configure
    )
    {
        var silos = Enumerable.Range(0, Count).Select(_ => Launch(program, settings)).ToList();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter(
                static async (_, cancellation) =>
                {
                    await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
                    return true;
                }
            );
            configure(client);
        });
        var host = builder.Build();
        using var giveUp = new CancellationTokenSource(ReadyWithin);
        await host.StartAsync(giveUp.Token);
        var started = new Silos(silos, host);
        await started.AllActiveAsync(giveUp.Token);
        return started;
    }

    /// <summary>As a power cut would end it.</summary>
    public void KillOne()
    {
        _silos[^1].Kill();
        _silos[^1].WaitForExit();
    }

    /// <summary>Grains come back when they are called; until then nothing of them is in memory.</summary>
    public Task PutAwayAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        // The client first: it would look for silos that are gone.
        await _client.StopAsync();
        _client.Dispose();
        foreach (var silo in _silos)
        {
            if (!silo.HasExited)
            {
                silo.Kill();
            }
            await silo.WaitForExitAsync();
            silo.Dispose();
        }
    }

    private static Process Launch(string[] program, ClusterSettings settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", .. program])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["Cluster__AzureStorage"] = settings.Account.Text,
                ["Cluster__ServiceId"] = settings.ServiceId,
                ["Cluster__ClusterId"] = settings.ClusterId,
                ["Cluster__Storage"] = settings.Storage.ToString(),
                ["Cluster__SiloPort"] = $"{FreePort()}",
                ["Cluster__GatewayPort"] = $"{FreePort()}",
                ["Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["Logging__LogLevel__Default"] = "Error",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, line) =>
        {
            if (line.Data is { Length: > 0 } complaint)
            {
                Console.Error.WriteLine(complaint);
            }
        };
        process.BeginOutputReadLine();
        return process;
    }

    private async Task AllActiveAsync(CancellationToken cancellation)
    {
        while (await ActiveAsync() < Count)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
        }
    }

    private async Task<int> ActiveAsync()
    {
        var hosts = await Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        return hosts.Count;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
