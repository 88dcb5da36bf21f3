using System.Text.Json.Serialization;

namespace Actors.Grains.Payments.Providers;

internal sealed record DaimoWanted(
    DaimoDestination Destination,
    IReadOnlyDictionary<string, string> Metadata,
    string RedirectUri
);

/// <param name="AmountUnits">A decimal number of USDC.</param>
internal sealed record DaimoDestination(
    string? Address,
    int? ChainId,
    string? TokenAddress,
    string? AmountUnits,
    DaimoDelivery? Delivery
);

internal sealed record DaimoDelivery(string? TxHash);

internal sealed record DaimoSession(
    string? SessionId,
    string? Status,
    string? Url,
    DaimoDestination? Destination,
    IReadOnlyDictionary<string, string>? Metadata
);

internal sealed record DaimoAnswer(DaimoSession? Session);

internal sealed record DaimoEvent(string? Id, string? Type, DaimoAnswer? Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16
)]
[JsonSerializable(typeof(DaimoWanted))]
[JsonSerializable(typeof(DaimoAnswer))]
[JsonSerializable(typeof(DaimoEvent))]
internal sealed partial class DaimoJson : JsonSerializerContext;
