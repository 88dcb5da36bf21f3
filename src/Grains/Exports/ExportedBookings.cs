using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Exports;

internal sealed record ExportedBooking(
    string BookingId,
    string UserId,
    string PerformerId,
    string PerformerName,
    string Status,
    DateTimeOffset Start,
    int Duration,
    string Type,
    Money Price,
    int RulesVersion,
    DateTimeOffset? RulesAcceptedAt,
    IReadOnlyList<ExportedPayment> Payments,
    string? Verdict,
    string? Reason,
    int? Stars,
    string? RatingText,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt
)
{
    public static ExportedBooking Of(BookingView view, bool showsPayments) =>
        new(
            view.BookingId,
            view.UserId,
            view.PerformerId,
            view.PerformerName,
            NameOf(view.Status),
            view.Start,
            view.Duration,
            NameOf(view.Type),
            view.Price,
            view.RulesVersion,
            view.RulesAcceptedAt,
            showsPayments ? [.. view.Payments.Select(ExportedPayment.Of)] : [],
            view.Verdict is { } verdict ? NameOf(verdict) : null,
            view.Reason,
            view.Stars,
            view.RatingText,
            view.CreatedAt,
            view.ChangedAt
        );

    internal static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

internal sealed record ExportedPayment(
    string PaymentId,
    string Provider,
    string Status,
    Money Amount,
    long Refunded,
    DateTimeOffset StartedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? SettledAt,
    string? Failure
)
{
    public static ExportedPayment Of(PaymentView view) =>
        new(
            view.PaymentId,
            view.Provider,
            ExportedBooking.NameOf(view.Status),
            view.Amount,
            view.Refunded,
            view.StartedAt,
            view.PaidAt,
            view.SettledAt,
            view.Failure
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcMoment)])]
[JsonSerializable(typeof(ExportedBooking))]
internal sealed partial class ExportedBookingJson : JsonSerializerContext;
