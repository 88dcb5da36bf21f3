using System.Globalization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;

namespace Actors.Grains.Bookings;

[GrainType("booking-day")]
public sealed class BookingDayGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<BookingIndex, BookingListEvent>(context, services, Definition),
        IBookingDayGrain
{
    private static readonly Aggregate<BookingIndex, BookingListEvent> Definition = new()
    {
        Initial = BookingIndex.Empty,
        Evolve = BookingListRules.EvolveDay,
        EventJson = BookingListJson.Default.BookingListEvent,
        StateJson = BookingListJson.Default.BookingIndex,
    };

    public Task Take(IReadOnlyList<Delivered<BookingSummary>> changes) =>
        CommitOnce(changes, booking => BookingListRules.Decide(Current, booking, Now));

    public ValueTask<BookingPage> List(BookingFilter filter, int limit, int offset) =>
        new(Durable.Page(filter, limit, offset));

    public ValueTask<BookingDay> Overview() =>
        new(BookingListRules.Count(DateOnly.ParseExact(Key, "O", CultureInfo.InvariantCulture), Durable));
}
