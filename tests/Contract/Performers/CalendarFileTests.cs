using Actors.ApiHost.Performers;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Ical.Net;

namespace Actors.Contract.Tests.Performers;

/// <summary>Written and read back by a library that calendar programs could use.</summary>
[Trait("Spec", "BO-2")]
public sealed class CalendarFileTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_confirmed_call_is_read_back_with_its_times_and_a_stable_uid()
    {
        var calendar = Read(CalendarFile.Of(Booking(BookingStatus.Confirmed, sequence: 0), "bo", "en")!);

        var @event = Assert.Single(calendar.Events);
        Assert.Equal("PUBLISH", calendar.Method);
        Assert.Equal(("bk_1@actors", 0, "CONFIRMED"), (@event.Uid, @event.Sequence, @event.Status));
        Assert.Equal(
            (Start.UtcDateTime, Start.UtcDateTime.AddMinutes(45)),
            (@event.DtStart!.AsUtc, @event.DtEnd!.AsUtc)
        );
        Assert.Equal("Private call with Ana, \"the\" voice; really", @event.Summary);
    }

    [Fact]
    public void A_moved_and_a_cancelled_call_keep_the_uid_and_raise_the_sequence()
    {
        var first = Read(CalendarFile.Of(Booking(BookingStatus.Confirmed, 0), "bo", "en")!).Events[0]!;
        var moved = Read(
            CalendarFile.Of(Booking(BookingStatus.Confirmed, 1) with { Start = Start.AddDays(1) }, "bo", "en")!
        ).Events[0]!;
        var cancelled = Read(CalendarFile.Of(Booking(BookingStatus.Cancelled, 2), "bo", "es")!);

        Assert.Equal((first.Uid, 1), (moved.Uid, moved.Sequence));
        Assert.Equal("CANCEL", cancelled.Method);
        Assert.Equal(
            (first.Uid, 2, "CANCELLED"),
            (cancelled.Events[0]!.Uid, cancelled.Events[0]!.Sequence, cancelled.Events[0]!.Status)
        );
        Assert.StartsWith("Llamada privada con Ana", cancelled.Events[0]!.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BookingStatus.Requested)]
    [InlineData(BookingStatus.Held)]
    [InlineData(BookingStatus.AwaitingPayment)]
    [InlineData(BookingStatus.Expired)]
    public void What_is_not_agreed_on_is_in_no_calendar(BookingStatus status)
    {
        Assert.Null(CalendarFile.Of(Booking(status, 0), "bo", "en"));
        Assert.Empty(Read(CalendarFile.Feed([Summary("bk_1", status)], "bo", "en")).Events);
    }

    [Fact]
    public void A_feed_has_all_calls_and_tells_others_who_look_at_a_performers_nothing_of_the_user()
    {
        BookingSummary[] calls =
        [
            Summary("bk_1", BookingStatus.Confirmed),
            Summary("bk_2", BookingStatus.Cancelled) with
            {
                Sequence = 3,
            },
            Summary("bk_3", BookingStatus.Archived),
        ];

        var users = Read(CalendarFile.Feed(calls, "bo", "en"));
        var performers = CalendarFile.Feed(calls, "ana", "en");

        Assert.Equal(
            [("bk_1@actors", 0, "CONFIRMED"), ("bk_2@actors", 3, "CANCELLED"), ("bk_3@actors", 0, "CONFIRMED")],
            users.Events.Select(static one => (one.Uid, one.Sequence, one.Status))
        );
        Assert.DoesNotContain("bo", performers.Replace("bk_", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(Read(performers).Events, static one => Assert.Equal("Private call", one.Summary));
    }

    private static Calendar Read(string file)
    {
        Assert.All(
            file.Split("\r\n"),
            static line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75)
        );
        return Calendar.Load(file)!;
    }

    private static BookingView Booking(BookingStatus status, int sequence) =>
        new(
            "bk_1",
            "bo",
            "ana",
            "Ana, \"the\" voice; really",
            status,
            Start,
            45,
            CallType.Video,
            new Money("TOKENS", 5),
            1,
            Start,
            null,
            [],
            null,
            null,
            null,
            null,
            sequence,
            Start,
            Start,
            new CancellationPolicy(24, 100, 0)
        );

    private static BookingSummary Summary(string id, BookingStatus status) =>
        new(
            id,
            "bo",
            "ana",
            "Ana",
            status,
            null,
            Start,
            30,
            CallType.Video,
            new Money("TOKENS", 5),
            "tokens",
            null,
            0,
            0,
            Start,
            1,
            false
        );
}
