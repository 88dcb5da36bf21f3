using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Bookings;
using Actors.TestKit;
using static Actors.Grains.Tests.Bookings.ListedBookings;

namespace Actors.Grains.Tests.Bookings;

[Trait("Spec", "BO-10")]
public sealed class BookingListGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    private IBookingListGrain List => _engine.Grains.GetGrain<IBookingListGrain>("lists-bo");

    private IBookingDayGrain Day => _engine.Grains.GetGrain<IBookingDayGrain>("2026-11-30");

    [Fact]
    public async Task A_list_is_the_same_after_a_crash_and_knows_every_booking_that_it_ever_had()
    {
        var now = _engine.Time.GetUtcNow();
        await List.Take([
            Told("a", 1, Booking("a", 1, start: now)),
            Told("b", 1, Booking("b", 1, start: now.AddDays(1))),
            Told("a", 2, Booking("a", 2, BookingStatus.Completed, start: now)),
        ]);
        await List.Take([Told("a", 2, Booking("a", 2, BookingStatus.Completed, start: now))]);
        var before = await List.List(new BookingFilter(), 10, 0);

        await _engine.CrashAsync();

        var after = await List.List(new BookingFilter(), 10, 0);
        Assert.Equal(["b", "a"], after.Bookings.Select(static one => one.BookingId));
        Assert.Equal(before.Bookings, after.Bookings);
        var told = await List.Since(0, 10);
        Assert.Equal(
            [("a", true), ("b", true), ("a", false)],
            told.Select(static one => (one.Summary.BookingId, one.IsNew))
        );
        Assert.Equal(told.Skip(1), await List.Since(told[0].Version, 10));
    }

    [Fact]
    public async Task A_day_counts_the_same_after_it_was_asleep_and_after_a_crash()
    {
        await Day.Take([Told("c", 1, Booking("c", 1, paid: Tokens(100)))]);
        await _engine.DeactivateAllAsync();
        await Day.Take([Told("c", 1, Booking("c", 1, paid: Tokens(100))), Told("d", 1, Booking("d", 1))]);
        await Day.Take([Told("d", 2, Booking("d", 2) with { Gone = true })]);
        await _engine.DeactivateAllAsync();

        await _engine.CrashAsync();

        var overview = await Day.Overview();
        Assert.Equal((new DateOnly(2026, 11, 30), 1), (overview.Day, overview.Booked));
        Assert.Equal([new BookingRevenue("tokens", "TOKENS", 100, 0, 0)], overview.Revenue);
        Assert.Equal(1, (await Day.List(new BookingFilter(), 10, 0)).Total);
    }

    [Fact]
    public void Whoever_is_concerned_is_told_and_the_day_that_it_has_left()
    {
        var before = Booking("a", 1);

        Assert.Equal(
            ["bo", "mia", "2026-11-30"],
            BookingIndexEffects.Of(null, before).Select(static effect => effect.Target)
        );
        Assert.Equal(
            ["bo", "mia", "2026-12-01", "2026-11-30"],
            BookingIndexEffects
                .Of(before, Booking("a", 2, start: Noon.AddHours(13).ToOffset(TimeSpan.FromHours(-11))))
                .Select(static effect => effect.Target)
        );
    }

    private static Delivered<BookingSummary> Told(string booking, long number, BookingSummary summary) =>
        new(new Delivery($"booking/{booking}", number), summary);
}
