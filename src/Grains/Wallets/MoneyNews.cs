using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Wallets;

internal static class MoneyNews
{
    /// <summary>Balance and wallet tell of it in the same words: which of them decided is no matter of an app's.</summary>
    public static WebhookMessage Refunded(string stream, string key, long version, PurchaseRefundedBody body) =>
        WebhookMessages.Of(
            stream,
            key,
            version,
            WebhookEventTypes.PurchaseRefunded,
            body,
            MoneyNewsJson.Default.PurchaseRefundedBody
        );
}

internal enum PurchaseMode
{
    [JsonStringEnumMemberName("immediate")]
    Immediate,

    [JsonStringEnumMemberName("queued")]
    Queued,
}

internal enum MadeStatus
{
    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("pending")]
    Pending,
}

/// <summary>Why tokens go back: how the queue ended it, or who gave them back.</summary>
internal enum RefundCause
{
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("timed_out")]
    TimedOut,

    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("admin")]
    Admin,

    /// <summary>By an admin, and the wallet could not pay.</summary>
    [JsonStringEnumMemberName("platform")]
    Platform,
}

/// <param name="QueuePosition">For what is queued.</param>
internal sealed record PurchaseMadeBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string MenuId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    long LoyaltyPoints,
    PurchaseMode Mode,
    MadeStatus Status,
    int? QueuePosition,
    DateTime Timestamp
);

/// <param name="Tokens">The price; what the model got and what came back add up to it.</param>
internal sealed record PurchaseCompletedBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string MenuId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    Tokens Captured,
    Tokens Refunded,
    long LoyaltyPoints,
    DateTime Timestamp
);

/// <param name="Tokens">What goes back.</param>
internal sealed record PurchaseRefundedBody(
    string EventType,
    PurchaseId PurchaseId,
    string UserId,
    string ModelId,
    string MenuId,
    string ItemId,
    string ItemName,
    Tokens Tokens,
    RefundCause Cause,
    string? Reason,
    DateTime Timestamp
);

internal sealed record TipSentBody(
    string EventType,
    PurchaseId TipId,
    string UserId,
    string ModelId,
    Tokens Tokens,
    string? Message,
    DateTime Timestamp
);

internal sealed record TipRefundedBody(
    string EventType,
    PurchaseId TipId,
    string UserId,
    string ModelId,
    Tokens Tokens,
    RefundCause Cause,
    string Reason,
    DateTime Timestamp
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PurchaseMadeBody))]
[JsonSerializable(typeof(PurchaseCompletedBody))]
[JsonSerializable(typeof(PurchaseRefundedBody))]
[JsonSerializable(typeof(TipSentBody))]
[JsonSerializable(typeof(TipRefundedBody))]
internal sealed partial class MoneyNewsJson : JsonSerializerContext;
