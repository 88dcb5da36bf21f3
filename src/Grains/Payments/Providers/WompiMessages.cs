using System.Text.Json.Serialization;

namespace Actors.Grains.Payments.Providers;

internal sealed record WompiWanted(
    string AcceptanceToken,
    string? AcceptPersonalAuth,
    long AmountInCents,
    string Currency,
    string CustomerEmail,
    WompiMethod PaymentMethod,
    string Reference,
    string Signature,
    string RedirectUrl
);

internal sealed record WompiMethod(string Type, string UserType, string PaymentDescription, string EcommerceUrl);

internal sealed record WompiTransaction(
    string? Id,
    string? Status,
    string? Reference,
    long AmountInCents,
    string? Currency,
    WompiPaid? PaymentMethod
)
{
    [JsonIgnore]
    public bool IsPending => Status == "PENDING";

    [JsonIgnore]
    public string? Link => PaymentMethod?.Extra?.AsyncPaymentUrl;
}

internal sealed record WompiPaid(WompiExtra? Extra);

internal sealed record WompiExtra(string? AsyncPaymentUrl);

internal sealed record WompiAnswer(WompiTransaction? Data);

internal sealed record WompiListAnswer(IReadOnlyList<WompiTransaction>? Data);

internal sealed record WompiMerchantAnswer(WompiMerchant? Data);

internal sealed record WompiMerchant(WompiAcceptance? PresignedAcceptance, WompiAcceptance? PresignedPersonalDataAuth);

internal sealed record WompiAcceptance(string? AcceptanceToken);

internal sealed record WompiEvent(string? Event, WompiEventData? Data, long Timestamp);

internal sealed record WompiEventData(WompiTransaction? Transaction);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16
)]
[JsonSerializable(typeof(WompiWanted))]
[JsonSerializable(typeof(WompiAnswer))]
[JsonSerializable(typeof(WompiListAnswer))]
[JsonSerializable(typeof(WompiMerchantAnswer))]
[JsonSerializable(typeof(WompiEvent))]
internal sealed partial class WompiJson : JsonSerializerContext;
