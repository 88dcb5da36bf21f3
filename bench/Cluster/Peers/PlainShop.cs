using System.Globalization;
using Actors.Bench.Purchases;
using Actors.Grains.Hosting;

namespace Actors.Bench.Cluster.Peers;

/// <summary>Not atomic: a crash between the two writes loses the tokens.</summary>
internal sealed class PlainBalanceGrain(
    [PersistentState("balance", PeerSilo.Storage)] IPersistentState<PeerBalance> state
) : Grain, IPlainBalanceGrain
{
    public Task Credit(long tokens)
    {
        state.State.Tokens += tokens;
        return state.WriteStateAsync();
    }

    public async Task Purchase(string key, string model, long price)
    {
        if (state.State.Spend(key, price))
        {
            await state.WriteStateAsync();
            await GrainFactory.GetGrain<IPlainWalletGrain>(model).Receive(price);
        }
    }
}

internal sealed class PlainWalletGrain([PersistentState("wallet", PeerSilo.Storage)] IPersistentState<PeerWallet> state)
    : Grain,
        IPlainWalletGrain
{
    public Task Receive(long tokens)
    {
        state.State.Tokens += tokens;
        return state.WriteStateAsync();
    }
}

/// <summary>Two grains with <c>IPersistentState</c>.</summary>
internal sealed class PlainShop(Silos silos) : IShop
{
    private long _keys;

    public string Name => "two grains with IPersistentState, not atomic";

    public static async Task<PlainShop> StartAsync(ClusterSettings settings) =>
        new(await Silos.StartAsync(PeerSilo.Program, settings, client => PeerSilo.UseClient(client, settings)));

    public Task OpenAsync(int users, int models) =>
        Parallel.ForAsync(0, users, async (user, _) => await Balance(user).Credit(Market.TokensPerUser));

    public Task BuyAsync(int user, int model) =>
        Balance(user).Purchase($"{Interlocked.Increment(ref _keys)}", $"model-{model}", Market.Price);

    public ValueTask DisposeAsync() => silos.DisposeAsync();

    private IPlainBalanceGrain Balance(int user) =>
        silos.Grains.GetGrain<IPlainBalanceGrain>(user.ToString(CultureInfo.InvariantCulture));
}
