using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions.Nodes;

namespace Actors.Grains.Tests.Transactions;

/// <summary>Answers as the test says; knows one network.</summary>
internal sealed class ScriptedNode : IChainNode
{
    public const string Network = "base-sepolia";

    public Func<Task<ReceiptLook?>> Answer { get; set; } = static () => Task.FromResult<ReceiptLook?>(null);

    public int Asked { get; private set; }

    public bool Knows(string network) => network == Network;

    public Task<ReceiptLook?> LookAsync(string network, TransactionHash hash)
    {
        Asked++;
        return Answer();
    }

    public void Says(long newest, ChainReceipt? receipt) =>
        Answer = () => Task.FromResult<ReceiptLook?>(new ReceiptLook(newest, receipt));
}
