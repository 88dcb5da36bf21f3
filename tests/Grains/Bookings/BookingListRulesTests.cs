using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using static Actors.Grains.Tests.Bookings.ListedBookings;

namespace Actors.Grains.Tests.Bookings;

[Trait("Spec", "BO-10")]
public sealed class BookingListRulesTests
{
    private static readonly DateOnly Day = new(2026, 11, 30);

    [Fact]
    public void A_day_counts_what_each_booking_said_last_whatever_is_repeated_or_comes_late()
    {
        BookingSummary[] said =
        [
            Booking("a", 1, BookingStatus.Held),
            Booking("a", 3, BookingStatus.Confirmed, paid: Tokens(100)),
            Booking("a", 9, BookingStatus.Completed, paid: Tokens(100), verdict: CallEndKind.Completed),
            Booking("b", 2, BookingStatus.Confirmed, provider: "stripe", paid: Dollars(2_500)),
            Booking("b", 4, BookingStatus.Cancelled, provider: "stripe", paid: Dollars(2_500), refunded: 2_500),
            Booking("c", 5, BookingStatus.NoShow, paid: Tokens(40), verdict: CallEndKind.UserNoShow),
            Booking("d", 2, BookingStatus.Expired, provider: "wompi"),
        ];
        var expected = Count(said);

        Assert.Equal((3, 1, 1, 0, 1), Figures(expected));
        Assert.Equal(
            [new BookingRevenue("stripe", "USD", 2_500, 2_500, 1), new BookingRevenue("tokens", "TOKENS", 140, 0, 0)],
            expected.Revenue
        );
        for (var turn = 0; turn < said.Length; turn++)
        {
            BookingSummary[] otherOrder = [.. said.Reverse().Skip(turn), .. said, .. said.Take(turn)];
            var counted = Count(otherOrder);
            Assert.Equal(Figures(expected), Figures(counted));
            Assert.Equal(expected.Revenue, counted.Revenue);
        }
    }

    [Fact]
    public void Each_kind_of_end_is_counted_once_and_stays_so_when_the_booking_is_archived()
    {
        CallEndKind[] ends = [.. Enum.GetValues<CallEndKind>()];
        BookingSummary[] ended =
        [
            .. ends.Select(
                (end, index) => Booking($"b{index}", 1, BookingStatus.Completed, paid: Tokens(10), verdict: end)
            ),
            Booking("c", 1, BookingStatus.Cancelled, paid: Tokens(10), refunded: 10),
            Booking("x", 1, BookingStatus.Cancelled),
        ];
        BookingSummary[] archived =
        [
            .. ended.Select(static one => one with { Status = BookingStatus.Archived, Version = 2 }),
        ];

        foreach (var day in new[] { Count(ended), Count([.. ended, .. archived]) })
        {
            Assert.Equal((6, 1, 1, 1, 1), Figures(day));
            Assert.Equal((1, 1), (day.BothAbsent, day.Incidents));
        }
    }

    [Fact]
    public void A_booking_that_moves_is_gone_from_its_old_day_and_an_older_word_does_not_bring_it_back()
    {
        var old = Booking("a", 3, paid: Tokens(100));
        var gone = Booking("a", 4, paid: Tokens(100)) with { Gone = true };

        Assert.Equal((0, 0, 0, 0, 0), Figures(Count([old, gone])));
        Assert.Equal((0, 0, 0, 0, 0), Figures(Count([gone, old])));
        Assert.Empty(Count([old, gone, old]).Revenue);
        Assert.Equal((1, 0, 0, 0, 0), Figures(Count([old, gone, Booking("a", 5, paid: Tokens(100))])));
    }

    [Fact]
    public void A_list_is_in_the_order_of_starts_latest_first_and_a_page_has_its_place()
    {
        var index = List(
            Booking("a", 1, start: Noon.AddDays(1)),
            Booking("b", 1, start: Noon.AddDays(3)),
            Booking("c", 1, start: Noon.AddDays(2), user: "cleo"),
            Booking("a", 2, start: Noon.AddDays(4)),
            Booking("d", 1, BookingStatus.Held, start: Noon.AddDays(2))
        );

        Assert.Equal(["a", "b", "c", "d"], Ids(index.Page(new BookingFilter(), 10, 0)));
        Assert.Equal(["b", "c"], Ids(index.Page(new BookingFilter(), 2, 1)));
        Assert.Equal(4, index.Page(new BookingFilter(), 2, 1).Total);
        Assert.Equal(["d"], Ids(index.Page(new BookingFilter(Status: BookingStatus.Held), 10, 0)));
        Assert.Equal(["c"], Ids(index.Page(new BookingFilter(UserId: "cleo"), 10, 0)));
        Assert.Equal(
            ["b", "c", "d"],
            Ids(index.Page(new BookingFilter(From: Noon.AddDays(2), Until: Noon.AddDays(4)), 10, 0))
        );
        Assert.Empty(Ids(index.Page(new BookingFilter(Provider: "stripe"), 10, 0)));
        Assert.Empty(Ids(index.Page(new BookingFilter(PerformerId: "ana"), 10, 0)));
    }

    [Fact]
    public void Calls_of_more_than_400_days_ago_fall_out_of_a_persons_list_when_another_one_comes()
    {
        var index = List(Booking("old", 1, start: Noon.AddDays(-399)), Booking("new", 1));
        Assert.Equal(["new", "old"], Ids(index.Page(new BookingFilter(), 10, 0)));

        var later = BookingListRules.EvolveList(
            index,
            BookingListRules.Decide(index, Booking("new", 2), Noon.AddDays(2))!
        );

        Assert.Equal(["new"], Ids(later.Page(new BookingFilter(), 10, 0)));
        Assert.Single(later.Known);
    }

    private static BookingDay Count(params BookingSummary[] said) =>
        BookingListRules.Count(Day, Fold(BookingListRules.EvolveDay, said));

    private static BookingIndex List(params BookingSummary[] said) => Fold(BookingListRules.EvolveList, said);

    private static BookingIndex Fold(
        Func<BookingIndex, BookingListEvent, BookingIndex> evolve,
        IEnumerable<BookingSummary> said
    ) =>
        said.Aggregate(
            BookingIndex.Empty,
            (index, one) => BookingListRules.Decide(index, one, Noon) is { } listed ? evolve(index, listed) : index
        );

    private static (long, long, long, long, long) Figures(BookingDay day) =>
        (day.Booked, day.Completed, day.Cancelled, day.PerformerNoShows, day.UserNoShows);

    private static IEnumerable<string> Ids(BookingPage page) =>
        page.Bookings.Select(static booking => booking.BookingId);
}
