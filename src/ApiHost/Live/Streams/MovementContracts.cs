using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A movement of tokens as the statement shows it.</summary>
internal sealed record LiveMovement(
    long Position,
    [property: JsonConverter(typeof(StrictEnumConverter<MovementKind>))] MovementKind Kind,
    string Transfer,
    string From,
    string To,
    long Tokens,
    string? PurchaseId,
    string? Cause,
    long Available,
    long? Held,
    long? LoyaltyPoints
)
{
    public static LiveMovement OfBalance(Movement movement) =>
        OfWallet(movement) with
        {
            Held = movement.Held.Count,
            LoyaltyPoints = movement.LoyaltyPoints,
        };

    public static LiveMovement OfWallet(Movement movement) =>
        new(
            movement.Position,
            movement.Kind,
            movement.Transfer,
            movement.From,
            movement.To,
            movement.Tokens.Count,
            movement.PurchaseId,
            movement.Cause,
            movement.Available.Count,
            null,
            null
        );
}

/// <summary>A purchase whose tokens have moved, as it is now.</summary>
internal sealed record LivePurchase(
    string PurchaseId,
    string ModelId,
    string ItemName,
    [property: JsonConverter(typeof(StrictEnumConverter<PurchaseStatus>))] PurchaseStatus Status,
    long Captured,
    long Refunded
)
{
    public static LivePurchase Of(PurchaseView purchase) =>
        new(
            purchase.PurchaseId.ToString(),
            purchase.ModelId,
            purchase.ItemName,
            purchase.Status,
            purchase.Captured.Count,
            purchase.Refunded.Count
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveMovement))]
[JsonSerializable(typeof(LivePurchase))]
internal sealed partial class LiveMovementJson : JsonSerializerContext;
