using Actors.GrainInterfaces.Ledger;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>
/// Which movements of the ledger are transactions, and of which type. What is only held for a queue is none yet: it is one
/// when it is captured.
/// </summary>
public static class LedgerTransactions
{
    private static readonly (MovementKind Kind, TransactionType Type)[] Types =
    [
        (MovementKind.Tip, TransactionType.Tip),
        (MovementKind.Purchase, TransactionType.MenuPurchase),
        (MovementKind.Capture, TransactionType.MenuPurchase),
        (MovementKind.Refund, TransactionType.Refund),
        (MovementKind.Payout, TransactionType.Payout),
        (MovementKind.Credit, TransactionType.Credit),
        (MovementKind.Debit, TransactionType.Debit),
        (MovementKind.Call, TransactionType.PrivateCall),
    ];

    public static bool IsOnChain(TransactionType type) => type <= TransactionType.Basename;

    public static TransactionType TypeOf(MovementKind kind) => Array.Find(Types, known => known.Kind == kind).Type;

    /// <summary>The movements that have this type, or any when it is null.</summary>
    public static IReadOnlyList<MovementKind> KindsOf(TransactionType? type) =>
        [.. Types.Where(known => type is null || known.Type == type).Select(static known => known.Kind)];
}
