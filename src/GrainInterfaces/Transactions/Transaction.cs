using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>What a transaction is about. The first five are recorded from a chain; the others are movements of the ledger.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TransactionType>))]
public enum TransactionType
{
    [JsonStringEnumMemberName("purchase")]
    Purchase,

    [JsonStringEnumMemberName("transfer")]
    Transfer,

    [JsonStringEnumMemberName("evolution")]
    Evolution,

    [JsonStringEnumMemberName("gift")]
    Gift,

    [JsonStringEnumMemberName("basename")]
    Basename,

    [JsonStringEnumMemberName("tip")]
    Tip,

    [JsonStringEnumMemberName("menu_purchase")]
    MenuPurchase,

    [JsonStringEnumMemberName("refund")]
    Refund,

    [JsonStringEnumMemberName("payout")]
    Payout,

    [JsonStringEnumMemberName("credit")]
    Credit,

    [JsonStringEnumMemberName("debit")]
    Debit,

    [JsonStringEnumMemberName("private_call")]
    PrivateCall,
}

[JsonConverter(typeof(JsonStringEnumConverter<TransactionStatus>))]
public enum TransactionStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <param name="Amount">A decimal number as it was given.</param>
/// <param name="BlockNumber">Where the chain has it; null until it is confirmed.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Metadata">A JSON object; null for none.</param>
[GenerateSerializer, Immutable, Alias("TransactionView")]
public sealed record TransactionView(
    [property: Id(0)] TransactionHash Hash,
    [property: Id(1)] ChainAddress From,
    [property: Id(2)] ChainAddress To,
    [property: Id(3)] string Amount,
    [property: Id(4)] string Token,
    [property: Id(5)] string Network,
    [property: Id(6)] TransactionType Type,
    [property: Id(7)] TransactionStatus Status,
    [property: Id(8)] DateTimeOffset Timestamp,
    [property: Id(9)] string UserId,
    [property: Id(10)] string? PetId,
    [property: Id(11)] string? Metadata,
    [property: Id(12)] long? BlockNumber = null,
    [property: Id(13)] string? GasUsed = null,
    [property: Id(14)] string? GasFee = null,
    [property: Id(15)] string? Error = null,
    [property: Id(16)] DateTimeOffset? SettledAt = null
);

[GenerateSerializer, Immutable, Alias("RecordTransaction")]
public sealed record RecordTransaction(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] ChainAddress From,
    [property: Id(2)] ChainAddress To,
    [property: Id(3)] string Amount,
    [property: Id(4)] string Token,
    [property: Id(5)] string Network,
    [property: Id(6)] TransactionType Type,
    [property: Id(7)] string UserId,
    [property: Id(8)] string? PetId = null,
    [property: Id(9)] string? Metadata = null
)
{
    public const string UsualNetwork = "base-sepolia";
}

/// <summary>Says how a transaction ended: confirmed with a block and its costs, or failed with a reason.</summary>
[GenerateSerializer, Immutable, Alias("SettleTransaction")]
public sealed record SettleTransaction(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] TransactionStatus Status,
    [property: Id(2)] long? BlockNumber = null,
    [property: Id(3)] string? GasUsed = null,
    [property: Id(4)] string? GasFee = null,
    [property: Id(5)] string? Error = null
);
