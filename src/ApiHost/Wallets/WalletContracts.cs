using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Wallets;

internal sealed record BalanceResponse(long Available, long Held, long LoyaltyPoints)
{
    public static BalanceResponse From(BalanceView balance) =>
        new(balance.Available.Count, balance.Held.Count, balance.LoyaltyPoints);
}

/// <param name="Earned">Everything that ever came in, before refunds and payouts.</param>
internal sealed record WalletResponse(long Tokens, long Earned, long Refunded, long PaidOut)
{
    public static WalletResponse From(WalletView wallet) =>
        new(wallet.Tokens.Count, wallet.Earned.Count, wallet.Refunded.Count, wallet.PaidOut.Count);
}

internal sealed record TipRequest
{
    public string? ModelId { get; init; }

    public long? Tokens { get; init; }

    public string? Message { get; init; }

    [JsonPropertyName("idempotency_key")]
    public string? IdempotencyKey { get; init; }
}

/// <param name="TipId">What the tip is called when it is given back.</param>
internal sealed record TipResponse(
    string TipId,
    string TransferId,
    string ModelId,
    long Tokens,
    long Available,
    DateTimeOffset At
)
{
    public static TipResponse From(TipReceipt tip) =>
        new(tip.TipId.ToString(), tip.Transfer, tip.ModelId, tip.Tokens.Count, tip.Available.Count, tip.At);
}

/// <summary>Tokens that an admin brings in or pays out, and why.</summary>
internal sealed record MoveTokensRequest
{
    public long? Tokens { get; init; }

    public string? Reason { get; init; }

    [JsonPropertyName("idempotency_key")]
    public string? IdempotencyKey { get; init; }
}

internal sealed record CreditResponse(string TransferId, long Tokens, long Available, DateTimeOffset At)
{
    public static CreditResponse From(CreditReceipt credit) =>
        new(credit.Transfer, credit.Tokens.Count, credit.Available.Count, credit.At);
}

internal sealed record DebitResponse(string TransferId, long Tokens, long Available, DateTimeOffset At)
{
    public static DebitResponse From(DebitReceipt debit) =>
        new(debit.Transfer, debit.Tokens.Count, debit.Available.Count, debit.At);
}

/// <param name="Left">What the wallet holds after the payout.</param>
internal sealed record PayoutResponse(string TransferId, long Tokens, long Left, DateTimeOffset At)
{
    public static PayoutResponse From(PayoutReceipt payout) =>
        new(payout.Transfer, payout.Tokens.Count, payout.Left.Count, payout.At);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(BalanceResponse))]
[JsonSerializable(typeof(WalletResponse))]
[JsonSerializable(typeof(TipRequest))]
[JsonSerializable(typeof(TipResponse))]
[JsonSerializable(typeof(MoveTokensRequest))]
[JsonSerializable(typeof(CreditResponse))]
[JsonSerializable(typeof(DebitResponse))]
[JsonSerializable(typeof(PayoutResponse))]
internal sealed partial class WalletJson : JsonSerializerContext;
