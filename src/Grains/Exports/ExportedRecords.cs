using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Transactions;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Exports;

// In the API's own names: whoever reads its answers reads these.

internal sealed record ExportedPerson(string Id, string Role, UserProfile? User, ModelProfile? Model)
{
    public static string NameOf(ActorRole role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());
}

internal sealed record ExportedMovement(
    long Id,
    long Position,
    DateTimeOffset At,
    MovementKind Kind,
    Tokens Tokens,
    string From,
    string To,
    string Transfer,
    string? PurchaseId,
    string? Cause,
    Tokens Available,
    Tokens Held,
    long LoyaltyPoints
)
{
    public static ExportedMovement Of(Movement movement) =>
        new(
            movement.Number,
            movement.Position,
            movement.At,
            movement.Kind,
            movement.Tokens,
            movement.From,
            movement.To,
            movement.Transfer,
            movement.PurchaseId,
            movement.Cause,
            movement.Available,
            movement.Held,
            movement.LoyaltyPoints
        );
}

internal sealed record ExportedPurchase(
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string MenuId,
    long MenuVersion,
    string MenuItemId,
    string ItemName,
    string TransactionType,
    PurchaseStatus Status,
    SettlementKind? Resolution,
    Tokens TokenValue,
    Tokens CapturedTokens,
    Tokens RefundedTokens,
    long LoyaltyPointsAwarded,
    string? Reason,
    string? DeviceFailure,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? RefundedAt
)
{
    public static ExportedPurchase Of(PurchaseView view) =>
        new(
            view.PurchaseId,
            view.UserId,
            view.ModelId,
            view.MenuId,
            view.MenuVersion,
            view.ItemId,
            view.ItemName,
            view.Immediate ? "immediate" : "queued",
            view.Status,
            view.Resolution,
            view.Tokens,
            view.Captured,
            view.Refunded,
            view.Status == PurchaseStatus.Pending ? 0 : view.LoyaltyPoints,
            view.Reason,
            view.DeviceFailure,
            view.CreatedAt,
            view.StartedAt,
            view.ResolvedAt,
            view.RefundedAt
        );
}

/// <summary>As everybody may know of it: who else has changed it stays with the platform.</summary>
internal sealed record ExportedMood(
    MoodState MoodState,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    MoodState PreviousState,
    string? CustomMessage
)
{
    public static ExportedMood Of(MoodTransition change) =>
        new(
            change.MoodState,
            change.ChangedAt,
            ExportedPerson.NameOf(change.Actor.Role),
            change.PreviousState,
            change.CustomMessage
        );
}

internal sealed record ExportedActivity(
    string Id,
    string UserId,
    string? PetId,
    string Action,
    ActivityCategory Category,
    JsonElement? Details,
    DateTimeOffset Timestamp,
    string? IpAddress,
    string? UserAgent,
    JsonElement? Metadata,
    string Source,
    DateTimeOffset ExpiresAt
)
{
    public static ExportedActivity Of(string personId, ActivityView view) =>
        new(
            view.Id,
            personId,
            view.Entry.PetId,
            view.Entry.Action,
            view.Entry.Category,
            JsonOf(view.Entry.Details),
            view.At,
            view.Address,
            view.UserAgent,
            JsonOf(view.Entry.Metadata),
            ExportedPerson.NameOf(view.Source),
            view.At.AddDays(IActivityGrain.KeptDays)
        );

    public static JsonElement? JsonOf(string? json) => json is null ? null : JsonElement.Parse(json);
}

internal sealed record ExportedTransaction(
    TransactionHash TransactionHash,
    string From,
    string To,
    string Amount,
    string Token,
    string Network,
    TransactionType Type,
    TransactionStatus Status,
    long? BlockNumber,
    string? GasUsed,
    string? GasFee,
    string? Error,
    DateTimeOffset Timestamp,
    string UserId,
    string? PetId,
    JsonElement? Metadata
)
{
    public static ExportedTransaction Of(TransactionView view) =>
        new(
            view.Hash,
            view.From.Value,
            view.To.Value,
            view.Amount,
            view.Token,
            view.Network,
            view.Type,
            view.Status,
            view.BlockNumber,
            view.GasUsed,
            view.GasFee,
            view.Error,
            view.Timestamp,
            view.UserId,
            view.PetId,
            ExportedActivity.JsonOf(view.Metadata)
        );
}

/// <summary>Moments in UTC with a Z, as the API writes them.</summary>
internal sealed class UtcMoment : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcMoment)])]
[JsonSerializable(typeof(ExportedPerson))]
[JsonSerializable(typeof(BalanceView))]
[JsonSerializable(typeof(WalletView))]
[JsonSerializable(typeof(ExportedMovement))]
[JsonSerializable(typeof(ExportedMessage))]
[JsonSerializable(typeof(ExportedMood))]
[JsonSerializable(typeof(PetView))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(PairedDevice))]
[JsonSerializable(typeof(NotificationItem))]
[JsonSerializable(typeof(ExportedActivity))]
[JsonSerializable(typeof(ExportedTransaction))]
internal sealed partial class ExportedJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMoment)]
)]
[JsonSerializable(typeof(ExportedPurchase))]
[JsonSerializable(typeof(ExportedMoodMessage))]
internal sealed partial class ExportedSnakeJson : JsonSerializerContext;
