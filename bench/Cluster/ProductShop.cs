using Actors.Bench.Purchases;
using Actors.Grains.Hosting;

namespace Actors.Bench.Cluster;

/// <summary>The product: silos as they are deployed. Its grains are called without HTTP, as those of its peers are.</summary>
internal sealed class ProductShop : IShop
{
    /// <summary>Few, for a call waits ten seconds at most, and a new cluster on a busy machine is slow.</summary>
    private const int OpenedAtOnce = 8;

    private readonly Silos _silos;
    private GrainMarket _market;

    private ProductShop(Silos silos) => (_silos, _market) = (silos, new GrainMarket(silos.Grains, 0, 0));

    public string Name => "this";

    public static async Task<ProductShop> StartAsync(ClusterSettings settings)
    {
        string[] program = [Path.Combine(AppContext.BaseDirectory, "Actors.Silo.dll"), "--urls", "http://127.0.0.1:0"];
        return new ProductShop(await Silos.StartAsync(program, settings, client => client.UseCluster(settings)));
    }

    public async Task OpenAsync(int users, int models)
    {
        _market = new GrainMarket(_silos.Grains, users, models);
        await _market.OpenAsync();
        for (var first = 0; first < users; first += OpenedAtOnce)
        {
            await _market.CreditAsync(first, Math.Min(OpenedAtOnce, users - first));
        }
    }

    public Task BuyAsync(int user, int model) => _market.BuyAsync(user, model);

    public Task TipAsync(int user, int model) => _market.TipAsync(user, model);

    public Task StatementAsync(int user) => _market.StatementAsync(user);

    public Task PutAwayAsync() => _silos.PutAwayAsync();

    public void KillOneSilo() => _silos.KillOne();

    public ValueTask DisposeAsync() => _silos.DisposeAsync();
}
