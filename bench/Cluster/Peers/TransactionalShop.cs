using System.Globalization;
using Actors.Bench.Purchases;
using Actors.Grains.Hosting;
using Orleans.Concurrency;
using Orleans.Transactions;
using Orleans.Transactions.Abstractions;

namespace Actors.Bench.Cluster.Peers;

[Reentrant]
internal sealed class TransactionalBalanceGrain(
    [TransactionalState("balance", PeerSilo.Storage)] ITransactionalState<PeerBalance> state
) : Grain, ITransactionalBalanceGrain
{
    public Task Credit(long tokens) => state.PerformUpdate(balance => balance.Tokens += tokens);

    public async Task Purchase(string key, string model, long price)
    {
        if (await state.PerformUpdate(balance => balance.Spend(key, price)))
        {
            await GrainFactory.GetGrain<ITransactionalWalletGrain>(model).Receive(price);
        }
    }
}

[Reentrant]
internal sealed class TransactionalWalletGrain(
    [TransactionalState("wallet", PeerSilo.Storage)] ITransactionalState<PeerWallet> state
) : Grain, ITransactionalWalletGrain
{
    public Task Receive(long tokens) => state.PerformUpdate(wallet => wallet.Tokens += tokens);
}

/// <summary>The same two grains with Orleans.Transactions. What is aborted is tried again, as a caller would.</summary>
internal sealed class TransactionalShop(Silos silos) : IShop
{
    private const int MostAttempts = 10;

    private long _keys;

    public string Name => "the same with Orleans.Transactions";

    public static async Task<TransactionalShop> StartAsync(ClusterSettings settings) =>
        new(await Silos.StartAsync(PeerSilo.Program, settings, client => PeerSilo.UseClient(client, settings)));

    public Task OpenAsync(int users, int models) =>
        Parallel.ForAsync(
            0,
            users,
            async (user, _) => await AgainAsync(() => Balance(user).Credit(Market.TokensPerUser))
        );

    public Task BuyAsync(int user, int model)
    {
        var key = $"{Interlocked.Increment(ref _keys)}";
        return AgainAsync(() => Balance(user).Purchase(key, $"model-{model}", Market.Price));
    }

    public ValueTask DisposeAsync() => silos.DisposeAsync();

    private static async Task AgainAsync(Func<Task> attempt)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                await attempt();
                return;
            }
            catch (OrleansTransactionAbortedException) when (attempts < MostAttempts)
            {
                // Nothing was done.
            }
        }
    }

    private ITransactionalBalanceGrain Balance(int user) =>
        silos.Grains.GetGrain<ITransactionalBalanceGrain>(user.ToString(CultureInfo.InvariantCulture));
}
