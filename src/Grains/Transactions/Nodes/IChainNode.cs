using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Transactions.Nodes;

/// <summary>What knows how transactions on chains have ended.</summary>
public interface IChainNode
{
    /// <summary>Whether there is a node for the network.</summary>
    bool Knows(string network);

    /// <summary>Asks within the time that a node has. Null when nothing that can be understood came back; never an exception.</summary>
    Task<ReceiptLook?> LookAsync(string network, TransactionHash hash);
}

/// <param name="NewestBlock">The newest there was before the receipt was looked for.</param>
/// <param name="Receipt">Null while the chain has none.</param>
public sealed record ReceiptLook(long NewestBlock, ChainReceipt? Receipt);

/// <param name="GasFee">In the network's own coin.</param>
public sealed record ChainReceipt(
    bool HasSucceeded,
    long BlockNumber,
    ChainAddress From,
    string GasUsed,
    string GasFee
);
