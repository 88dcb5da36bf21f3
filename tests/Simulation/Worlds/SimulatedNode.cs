using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions.Nodes;
using Actors.Simulation.Tests.Clients.Money;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>A node that is often away or behind, and whose receipts come and go.</summary>
internal sealed class SimulatedNode(Chance chance, TimeProvider time) : IChainNode
{
    private const long Newest = 1_000;

    public bool Knows(string network) => network == Chains.Network;

    public async Task<ReceiptLook?> LookAsync(string network, TransactionHash hash)
    {
        await Task.Delay(chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20)), time);
        var block = Newest - chance.Between(0, 12);
        return chance.Below(4) switch
        {
            0 => null,
            1 => new ReceiptLook(Newest, null),
            _ => new ReceiptLook(
                Newest,
                new ChainReceipt(!chance.OneIn(4), block, chance.Pick(Chains.Addresses), "21000", "0.1")
            ),
        };
    }
}
