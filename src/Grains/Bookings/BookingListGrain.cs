using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;

namespace Actors.Grains.Bookings;

[GrainType("booking-list")]
public sealed class BookingListGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<BookingIndex, BookingListEvent>(context, services, Definition),
        IBookingListGrain
{
    private static readonly Aggregate<BookingIndex, BookingListEvent> Definition = new()
    {
        Initial = BookingIndex.Empty,
        Evolve = BookingListRules.EvolveList,
        EventJson = BookingListJson.Default.BookingListEvent,
        StateJson = BookingListJson.Default.BookingIndex,
    };

    public Task Take(IReadOnlyList<Delivered<BookingSummary>> changes) =>
        CommitOnce(changes, booking => BookingListRules.Decide(Current, booking, Now));

    public ValueTask<BookingPage> List(BookingFilter filter, int limit, int offset) =>
        new(Durable.Page(filter, limit, offset));

    public async Task<IReadOnlyList<NumberedBookingSummary>> Since(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        // Every event is of this kind, so that a page is as long as what was read for it.
        return [.. events.Select(static one => Numbered(one.Version, (BookingListed)one.Event))];
    }

    private static NumberedBookingSummary Numbered(long version, BookingListed listed) =>
        new(version, listed.Booking, listed.IsNew);
}
