using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Paging;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>Puts lists together: what was recorded from chains, and what the ledger has moved. Keeps nothing.</summary>
[Alias("ITransactionDeskGrain")]
public interface ITransactionDeskGrain : IGrainWithStringKey
{
    const string Only = "desk";

    /// <summary>Refused for a person whom nobody knows.</summary>
    [ReadOnly]
    Task<Outcome<TransactionPage>> List(ListTransactions query);
}

/// <param name="UserId">Whose; null for everybody's.</param>
/// <param name="Address">Only what comes from it or goes to it, which the ledger has nothing of.</param>
/// <param name="Offset">Entries to skip; 0 with a cursor.</param>
[GenerateSerializer, Immutable, Alias("ListTransactions")]
public sealed record ListTransactions(
    [property: Id(0)] string? UserId,
    [property: Id(1)] ChainAddress? Address,
    [property: Id(2)] TransactionType? Type,
    [property: Id(3)] TransactionStatus? Status,
    [property: Id(4)] int Limit,
    [property: Id(5)] int Offset,
    [property: Id(6)] PageCursor? Cursor = null
)
{
    public const int MaxOffset = 1_000;
}

/// <param name="Total">All that fit; null on a page that was asked for by its cursor.</param>
/// <param name="TotalIsExact">False when the ledger has more movements than are counted for a page.</param>
/// <param name="Next">Where to go on; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("TransactionPage")]
public sealed record TransactionPage(
    [property: Id(0)] IReadOnlyList<TransactionItem> Items,
    [property: Id(1)] TransactionSummary Summary,
    [property: Id(2)] long? Total,
    [property: Id(3)] bool TotalIsExact,
    [property: Id(4)] PageCursor? Next,
    [property: Id(5)] AccountId? Account
);

/// <summary>Either of the two.</summary>
[GenerateSerializer, Immutable, Alias("TransactionItem")]
public sealed record TransactionItem([property: Id(0)] TransactionView? OnChain, [property: Id(1)] Movement? InLedger);
