using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>How bookings are listed and counted. Pure: knows no grain, no clock, no storage.</summary>
public static class BookingListRules
{
    /// <summary>Null for what a newer word of the booking has already replaced.</summary>
    public static BookingListed? Decide(BookingIndex index, BookingSummary booking, DateTimeOffset now) =>
        index.IsOld(booking) ? null : new BookingListed(now, booking, !index.Known.ContainsKey(booking.BookingId));

    public static BookingIndex EvolveList(BookingIndex index, BookingListEvent @event) =>
        EvolveDay(index, @event).Bounded(@event.At.AddDays(-IBookingListGrain.KeptDays), IBookingListGrain.Kept);

    public static BookingIndex EvolveDay(BookingIndex index, BookingListEvent @event) =>
        @event is BookingListed listed
            ? index.With(listed.Booking)
            : throw new InvalidOperationException($"Unknown event {@event.GetType().Name}.");

    public static BookingDay Count(DateOnly day, BookingIndex index)
    {
        var here = index.Places.Select(place => index.Known[place.BookingId]).ToList();
        return new BookingDay(
            day,
            here.Count(WasBooked),
            CountEnds(here, CallEndKind.Completed),
            here.Count(static booking => WasBooked(booking) && WasCancelled(booking)),
            CountEnds(here, CallEndKind.PerformerNoShow),
            CountEnds(here, CallEndKind.UserNoShow),
            [
                .. here.Where(static booking => booking is { Paid: not null, Provider: not null })
                    .GroupBy(static booking => (Provider: booking.Provider!, booking.Paid!.Value.Currency))
                    .OrderBy(static group => group.Key.Provider, StringComparer.Ordinal)
                    .ThenBy(static group => group.Key.Currency, StringComparer.Ordinal)
                    .Select(static group => new BookingRevenue(
                        group.Key.Provider,
                        group.Key.Currency,
                        group.Sum(static booking => booking.Paid!.Value.Amount),
                        group.Sum(static booking => booking.Refunded),
                        group.Count(static booking => booking.Refunded > 0)
                    )),
            ],
            CountEnds(here, CallEndKind.BothAbsent),
            CountEnds(here, CallEndKind.Incident)
        );
    }

    /// <summary>Money that came when the time was gone went back: such a booking was paid, and never booked.</summary>
    private static bool WasBooked(BookingSummary booking) =>
        booking.Status switch
        {
            BookingStatus.Confirmed or BookingStatus.Live or BookingStatus.Completed or BookingStatus.NoShow => true,
            BookingStatus.Cancelled => booking.Paid is not null,
            BookingStatus.Archived => booking.Verdict is not null || booking.Paid is not null,
            _ => false,
        };

    /// <summary>Whatever was booked and is archived without a verdict was cancelled.</summary>
    private static bool WasCancelled(BookingSummary booking) =>
        booking.Verdict is null && booking.Status is (BookingStatus.Cancelled or BookingStatus.Archived);

    private static int CountEnds(List<BookingSummary> bookings, CallEndKind kind) =>
        bookings.Count(booking => booking.Verdict == kind);
}
