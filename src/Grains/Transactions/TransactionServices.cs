using Actors.Grains.Hosting;
using Actors.Grains.Transactions.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Transactions;

public static class TransactionServices
{
    /// <summary>What the transaction grains need. A node that is there already stays: simulations and tests bring their own.</summary>
    public static IServiceCollection AddTransactions(this IServiceCollection services)
    {
        services.AddSettings<TransactionOptions>();
        services.TryAddSingleton<IChainNode, JsonRpcNode>();
        return services;
    }
}
