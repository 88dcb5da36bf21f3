using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Purchases;

internal sealed record TipRefundRequest(
    string? Reason,
    bool? FromPlatform,
    [property: JsonPropertyName("idempotency_key")] string? IdempotencyKey
);

internal sealed record TipRefundResponse(
    string TipId,
    string TransferId,
    long RefundedTokens,
    string Reason,
    bool FromPlatform,
    DateTimeOffset RefundedAt
)
{
    public static TipRefundResponse From(RefundReceipt refund) =>
        new(
            refund.PurchaseId.ToString(),
            refund.Transfer,
            refund.Tokens.Count,
            refund.Reason,
            refund.FromPlatform,
            refund.At
        );
}

/// <summary>In camelCase, as every path that is not below /menu or /queue.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(TipRefundRequest))]
[JsonSerializable(typeof(TipRefundResponse))]
internal sealed partial class TipRefundJson : JsonSerializerContext;
