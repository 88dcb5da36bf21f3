using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Bookings;

internal static class BookingViews
{
    public static BookingView Of(
        string id,
        AgreedBooking booking,
        IReadOnlyList<PaymentView> payments,
        string? reason,
        string? ratingText
    )
    {
        var (terms, verdict) = (booking.Terms, BookingFold.VerdictOf(booking));
        return new BookingView(
            id,
            terms.UserId,
            terms.PerformerId,
            terms.PerformerName,
            booking.Status,
            terms.Start,
            terms.Wish.Duration,
            terms.Wish.Type,
            terms.Price,
            terms.Wish.RulesVersion,
            (booking as HeldBooking)?.RulesAcceptedAt ?? BookingFold.MoneyOf(booking)?.RulesAcceptedAt,
            booking is HeldBooking or UnpaidBooking ? booking.Due : null,
            payments,
            verdict?.Kind,
            verdict?.Correction?.Reason ?? reason,
            BookingFold.RatingOf(booking)?.Stars,
            ratingText,
            terms.Sequence,
            terms.CreatedAt,
            booking.ChangedAt,
            terms.Policy,
            (booking as ConfirmedBooking)?.Move is { Until: { } until } move
                ? new PendingReschedule(move.Start, move.Duration, move.Price, move.Difference, until)
                : null
        );
    }
}
