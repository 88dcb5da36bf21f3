using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Transactions;

/// <summary>A list of transactions in memory: only how many there are and what they sum up to.</summary>
public sealed record TransactionTally(
    ImmutableArray<TransactionCount> Counts,
    ImmutableDictionary<string, TokenSums> Tokens
)
{
    public static readonly TransactionTally Empty = new([], ImmutableDictionary<string, TokenSums>.Empty);
}

/// <summary>Sums of amounts of one token.</summary>
public sealed record TokenSums(long Count, string Confirmed, string Pending);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TransactionListed), "transaction-list.listed.v1")]
[JsonDerivedType(typeof(TransactionEnded), "transaction-list.ended.v1")]
public abstract record TransactionListEvent(TransactionChange Change);

public sealed record TransactionListed(TransactionChange Change) : TransactionListEvent(Change);

public sealed record TransactionEnded(TransactionChange Change) : TransactionListEvent(Change);
