using System.Globalization;
using Actors.GrainInterfaces.Bookings;
using Actors.Grains.Durability;

namespace Actors.Grains.Bookings;

/// <summary>Which lists are told when a booking has become something else: those of its two people, and its day.</summary>
internal static class BookingIndexEffects
{
    private static readonly BulkRoute<IBookingListGrain, BookingSummary> ToList = new(
        static (list, changes) => list.Take(changes)
    );

    private static readonly BulkRoute<IBookingDayGrain, BookingSummary> ToDay = new(
        static (day, changes) => day.Take(changes)
    );

    /// <param name="before">What the lists were told last; null for a booking that they do not know.</param>
    public static IReadOnlyList<Effect> Of(BookingSummary? before, BookingSummary now)
    {
        List<Effect> effects = [ToList.To(now.UserId, now), ToList.To(now.PerformerId, now), ToDay.To(DayOf(now), now)];
        if (before is not null && DayOf(before) != DayOf(now))
        {
            effects.Add(ToDay.To(DayOf(before), now with { Gone = true }));
        }
        return effects;
    }

    /// <summary>The key of the day in which it starts, by UTC.</summary>
    private static string DayOf(BookingSummary booking) =>
        DateOnly.FromDateTime(booking.Start.UtcDateTime).ToString("O", CultureInfo.InvariantCulture);
}
