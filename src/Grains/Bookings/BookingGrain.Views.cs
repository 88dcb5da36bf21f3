using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Bookings;

public sealed partial class BookingGrain
{
    private async Task<Outcome<BookingView>> ViewAsync()
    {
        if (Durable is not AgreedBooking booking)
        {
            return BookingRefusals.BookingNotFound;
        }
        var payments = BookingFold.MoneyOf(booking)?.Payments ?? [];
        var views = await Task.WhenAll(
            payments.Select(payment => GrainFactory.GetGrain<IPaymentGrain>(payment.Id).Get().AsTask())
        );
        var reason = await _texts.OpenAsync((booking as CancelledBooking)?.Reason);
        var text = await _texts.OpenAsync(BookingFold.RatingOf(booking)?.Text);
        return BookingViews.Of(Key, booking, [.. views.OfType<PaymentView>()], reason, text);
    }
}
