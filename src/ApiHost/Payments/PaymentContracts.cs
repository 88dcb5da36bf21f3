using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;

namespace Actors.ApiHost.Payments;

internal sealed record MoneyResponse(string Currency, long Amount)
{
    public static MoneyResponse From(Money money) => new(money.Currency, money.Amount);
}

/// <param name="Refunded">What of the amount has gone back, or is on its way.</param>
/// <param name="Receipts">Everything that came in.</param>
/// <param name="NextCallAt">When the provider is asked next; null when there is nothing to ask.</param>
internal sealed record PaymentResponse(
    string PaymentId,
    string BookingId,
    string UserId,
    string PerformerId,
    string Provider,
    string Status,
    MoneyResponse Amount,
    long Refunded,
    string? SessionId,
    string? Failure,
    DateTimeOffset StartedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? SettledAt,
    IReadOnlyList<ReceiptResponse> Receipts,
    IReadOnlyList<RefundResponse> Refunds,
    DateTimeOffset? NextCallAt
)
{
    public static PaymentResponse From(PaymentFile file) =>
        new(
            file.Payment.PaymentId,
            file.Payment.BookingId,
            file.Payment.UserId,
            file.Payment.PerformerId,
            file.Payment.Provider,
            Names.Of(file.Payment.Status),
            MoneyResponse.From(file.Payment.Amount),
            file.Payment.Refunded,
            file.SessionId,
            file.Payment.Failure,
            file.Payment.StartedAt,
            file.Payment.PaidAt,
            file.Payment.SettledAt,
            [.. file.Receipts.Select(ReceiptResponse.From)],
            [.. file.Refunds.Select(RefundResponse.From)],
            file.NextCallAt
        );
}

/// <param name="Kind">due, or extra and mismatch for what goes back whole.</param>
internal sealed record ReceiptResponse(string Reference, MoneyResponse Money, string Kind, DateTimeOffset At)
{
    public static ReceiptResponse From(PaymentReceipt receipt) =>
        new(receipt.Reference, MoneyResponse.From(receipt.Money), Names.Of(receipt.Kind), receipt.At);
}

/// <param name="State">owed, done, or by_hand for what a person has to send.</param>
internal sealed record RefundResponse(
    int Number,
    string Of,
    MoneyResponse Money,
    string State,
    string Reason,
    string? Reference
)
{
    public static RefundResponse From(PaymentRefund refund) =>
        new(
            refund.Number,
            refund.Of,
            MoneyResponse.From(refund.Money),
            Names.Of(refund.State),
            refund.Reason,
            refund.Reference
        );
}

internal sealed record PaymentFlagsResponse(IReadOnlyList<PaymentFlagResponse> Flags, long Total);

/// <param name="Kind">mismatch, or refund_by_hand.</param>
internal sealed record PaymentFlagResponse(
    string PaymentId,
    string BookingId,
    string Provider,
    string Kind,
    int Refund,
    MoneyResponse Money,
    string Reason,
    DateTimeOffset At
)
{
    public static PaymentFlagResponse From(PaymentFlag flag) =>
        new(
            flag.PaymentId,
            flag.BookingId,
            flag.Provider,
            Names.Of(flag.Kind),
            flag.Number,
            MoneyResponse.From(flag.Money),
            flag.Reason,
            flag.At
        );
}

internal sealed record NoteRefundRequest(string? Reference);

/// <param name="Earned">By currency, in its smallest unit.</param>
/// <param name="Next">Where to go on: the next page's before; null on the last one.</param>
internal sealed record EarningsResponse(
    IReadOnlyDictionary<string, long> Earned,
    IReadOnlyList<EarningResponse> Lines,
    long? Next
)
{
    public static EarningsResponse From(EarningsPage page) =>
        new(page.Earned, [.. page.Lines.Select(EarningResponse.From)], page.Next);
}

/// <param name="Money">Below zero for what an admin has taken back.</param>
/// <param name="Earned">What of the currency was earned by then.</param>
internal sealed record EarningResponse(
    long Number,
    string BookingId,
    string PaymentId,
    string Provider,
    MoneyResponse Money,
    long Earned,
    DateTimeOffset At
)
{
    public static EarningResponse From(EarningLine line) =>
        new(
            line.Number,
            line.Earning.BookingId,
            line.Earning.PaymentId,
            line.Earning.Provider,
            new MoneyResponse(line.Earning.Currency, line.Earning.Amount),
            line.Earned,
            line.Earning.At
        );
}

internal sealed record HeardResponse(bool Received);

internal static class Names
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(PaymentResponse))]
[JsonSerializable(typeof(PaymentFlagsResponse))]
[JsonSerializable(typeof(NoteRefundRequest))]
[JsonSerializable(typeof(EarningsResponse))]
[JsonSerializable(typeof(HeardResponse))]
internal sealed partial class PaymentJson : JsonSerializerContext;
