using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Transactions;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TransactionRecorded), "transaction.recorded.v1")]
[JsonDerivedType(typeof(TransactionLookBegun), "transaction.look-begun.v1")]
[JsonDerivedType(typeof(TransactionConfirmed), "transaction.confirmed.v1")]
[JsonDerivedType(typeof(TransactionFailed), "transaction.failed.v1")]
public abstract record TransactionEvent(DateTimeOffset At);

/// <param name="LookAt">When a node is asked for its receipt for the first time; null when none is.</param>
public sealed record TransactionRecorded(
    DateTimeOffset At,
    Actor Actor,
    TransactionHash Hash,
    ChainAddress From,
    ChainAddress To,
    string Amount,
    string Token,
    string Network,
    TransactionType Kind,
    string UserId,
    string? PetId,
    string? Metadata,
    DateTimeOffset? LookAt
) : TransactionEvent(At)
{
    [JsonIgnore]
    public TransactionFacts Facts => new(Hash, From, To, Amount, Token, Kind, UserId, At);
}

/// <summary>A node is asked now.</summary>
/// <param name="NextAt">When it is asked again unless this one answers; null when it no longer is.</param>
public sealed record TransactionLookBegun(DateTimeOffset At, DateTimeOffset? NextAt) : TransactionEvent(At);

public sealed record TransactionConfirmed(
    DateTimeOffset At,
    Actor Actor,
    TransactionFacts Facts,
    long BlockNumber,
    string GasUsed,
    string GasFee
) : TransactionEvent(At);

public sealed record TransactionFailed(DateTimeOffset At, Actor Actor, TransactionFacts Facts, string Error)
    : TransactionEvent(At);

/// <summary>What others are told of a transaction; an end carries it, for what follows from an event is made from that alone.</summary>
public sealed record TransactionFacts(
    TransactionHash Hash,
    ChainAddress From,
    ChainAddress To,
    string Amount,
    string Token,
    TransactionType Kind,
    string UserId,
    DateTimeOffset RecordedAt
);

/// <summary>A transaction as the details of an activity.</summary>
internal sealed record TransactionTold(
    TransactionHash TransactionHash,
    TransactionType TransactionType,
    string Amount,
    string Token
);

/// <summary>One transaction as the fold of its events.</summary>
/// <param name="Recorded">Null while nobody has recorded it.</param>
/// <param name="End">How it ended; null while it is pending.</param>
/// <param name="Looks">How often a node was asked.</param>
public sealed record Transaction(TransactionRecorded? Recorded, TransactionEnd? End, DateTimeOffset? LookAt, int Looks)
{
    public static readonly Transaction None = new(null, null, null, 0);
}

public sealed record TransactionEnd(
    DateTimeOffset At,
    TransactionStatus Status,
    long? BlockNumber,
    string? GasUsed,
    string? GasFee,
    string? Error
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(TransactionEvent))]
[JsonSerializable(typeof(Transaction))]
[JsonSerializable(typeof(TransactionTold))]
[JsonSerializable(typeof(TransactionListEvent))]
[JsonSerializable(typeof(TransactionTally))]
internal sealed partial class TransactionJson : JsonSerializerContext;
