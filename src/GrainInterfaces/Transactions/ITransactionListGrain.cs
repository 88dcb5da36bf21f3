using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>
/// The transactions of a person, of an address, or of an address as one person recorded them; the key is made by
/// <see cref="TransactionLists"/>. An index fed by the transactions: the list is its stream, and only sums are in memory.
/// </summary>
[Alias("ITransactionListGrain")]
public interface ITransactionListGrain : IGrainWithStringKey
{
    Task Receive(Delivery delivery, TransactionChange change);

    /// <summary>Newest first: entries with a position below <paramref name="before"/>, of one type when it is given.</summary>
    [ReadOnly]
    Task<TransactionEntries> Before(long? before, int limit, TransactionType? type);

    [ReadOnly]
    ValueTask<TransactionSummary> Summarize();
}

/// <summary>The keys of the lists that a transaction is in. Persisted by where the data lies: they may never change.</summary>
public static class TransactionLists
{
    public static string OfUser(string userId) => $"user.{userId}";

    public static string OfAddress(ChainAddress address) => $"address.{address}";

    public static string OfUserAndAddress(string userId, ChainAddress address) => $"user.{userId}.{address}";
}

/// <summary>A transaction is there (pending), or has ended.</summary>
[GenerateSerializer, Immutable, Alias("TransactionChange")]
public sealed record TransactionChange(
    [property: Id(0)] TransactionHash Hash,
    [property: Id(1)] TransactionType Type,
    [property: Id(2)] TransactionStatus Status,
    [property: Id(3)] string Token,
    [property: Id(4)] string Amount,
    [property: Id(5)] DateTimeOffset Timestamp
);

/// <param name="Position">The number of the entry's event in the list; a later one has a higher number.</param>
[GenerateSerializer, Immutable, Alias("TransactionEntry")]
public sealed record TransactionEntry(
    [property: Id(0)] long Position,
    [property: Id(1)] TransactionHash Hash,
    [property: Id(2)] DateTimeOffset Timestamp
);

/// <param name="Next">The position to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("TransactionEntries")]
public sealed record TransactionEntries(
    [property: Id(0)] IReadOnlyList<TransactionEntry> Entries,
    [property: Id(1)] long? Next
);

[GenerateSerializer, Immutable, Alias("TransactionSummary")]
public sealed record TransactionSummary(
    [property: Id(0)] IReadOnlyList<TransactionCount> Counts,
    [property: Id(1)] IReadOnlyList<TokenTotal> Tokens
)
{
    public long Count(TransactionType? type, TransactionStatus? status) =>
        Counts
            .Where(count => (type ?? count.Type) == count.Type && (status ?? count.Status) == count.Status)
            .Sum(static count => count.Count);
}

[GenerateSerializer, Immutable, Alias("TransactionCount")]
public sealed record TransactionCount(
    [property: Id(0)] TransactionType Type,
    [property: Id(1)] TransactionStatus Status,
    [property: Id(2)] long Count
);

/// <summary>Sums of amounts; what has failed is in neither.</summary>
[GenerateSerializer, Immutable, Alias("TokenTotal")]
public sealed record TokenTotal(
    [property: Id(0)] string Token,
    [property: Id(1)] long Count,
    [property: Id(2)] string Confirmed,
    [property: Id(3)] string Pending
);
