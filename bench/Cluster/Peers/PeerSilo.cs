using Actors.Bench.Hosts;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Actors.Bench.Cluster.Peers;

/// <summary>A silo with what an Orleans user would write: this program, started once more.</summary>
internal static class PeerSilo
{
    public const string Verb = "peer-silo";
    public const string Storage = "shop";

    /// <summary>What a process of it is started with.</summary>
    public static string[] Program { get; } = [Path.Combine(AppContext.BaseDirectory, "Actors.Bench.dll"), Verb];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole();
        var settings = ClusterSettings.From(builder.Configuration)!;
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => Name(cluster, settings));
            silo.ConfigureEndpoints(settings.Advertised!, settings.SiloPort, settings.GatewayPort);
            var (blobs, tables) = (settings.Account.Blobs(), settings.Account.Tables());
            silo.UseAzureStorageClustering(options => options.TableServiceClient = tables);
            if (settings.Storage == ClusterStorage.Table)
            {
                silo.AddAzureTableGrainStorage(Storage, options => options.TableServiceClient = tables);
            }
            else
            {
                silo.AddAzureBlobGrainStorage(
                    Storage,
                    options => (options.BlobServiceClient, options.ContainerName) = (blobs, settings.ServiceId)
                );
            }
            // Transactional state goes into the same storage by the bridge that comes with Orleans.Transactions.
            silo.UseTransactions();
        });
        using var host = builder.Build();
        await host.RunAsync();
        return arguments.Number("exit", 0);
    }

    public static void UseClient(IClientBuilder client, ClusterSettings settings)
    {
        client.Configure<ClusterOptions>(cluster => Name(cluster, settings));
        var tables = settings.Account.Tables();
        client.UseAzureStorageClustering(options => options.TableServiceClient = tables);
        client.UseTransactions();
    }

    private static void Name(ClusterOptions cluster, ClusterSettings settings) =>
        (cluster.ServiceId, cluster.ClusterId) = (settings.ServiceId, settings.ClusterId);
}
