using System.Text.Json;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using static Actors.Grains.Tests.Performers.Stagehand;

namespace Actors.Grains.Tests.Performers;

[Trait("Spec", "BO-2")]
public sealed class TimeBookTests
{
    [Fact]
    public void What_is_long_over_and_holds_that_lapsed_are_forgotten()
    {
        var book = TimeBook
            .Empty.With(Time("old", Noon.AddDays(-3)))
            .With(Time("recent", Noon.AddDays(-1)))
            .With(Time("lapsed", Noon.AddDays(1)) with { Until = Noon })
            .With(Time("held", Noon.AddDays(2)) with { Until = Noon.AddTicks(1) })
            .With(Time("coming", Noon.AddDays(3)));

        Assert.Equal(["recent", "held", "coming"], book.ForgetBefore(Noon).All.Select(static time => time.BookingId));
        Assert.Null(book.ForgetBefore(Noon).Find("lapsed"));
    }

    [Fact]
    public void A_book_is_read_as_it_was_written()
    {
        var book = TimeBook
            .Empty.With(Time("b", Noon.AddDays(2)) with { Until = Noon, InsteadOf = "a" })
            .With(Time("a", Noon.AddDays(1)) with { Type = CallType.Audio, Before = 5, After = 10 });

        var read = JsonSerializer.Deserialize<TimeBook>(JsonSerializer.Serialize(book))!;

        Assert.Equal(book.All, read.All);
        Assert.Equal(book.Find("a"), read.Find("a"));
        Assert.Equal(["a"], read.ForgetBefore(Noon).All.Select(static time => time.BookingId));
    }

    [Fact]
    public void What_reaches_into_a_stretch_from_before_counts_however_long_it_is()
    {
        var book = TimeBook.Empty;
        for (var day = 0; day < 50; day++)
        {
            book = book.With(Time($"short{day}", Noon.AddDays(day)));
        }
        book = book.With(Time("long", Noon.AddDays(10).AddHours(1), 480));
        var late = Noon.AddDays(10).AddHours(8);

        Assert.False(book.IsFree(late, late.AddMinutes(30), Noon, "x", null));
        Assert.True(book.IsFree(late, late.AddMinutes(30), Noon, "long", null));
        Assert.True(book.Without("long").IsFree(late, late.AddMinutes(30), Noon, "x", null));
    }

    [Fact]
    public void Ten_thousand_calls_are_booked_in_a_moment_and_their_snapshot_stays_below_two_megabytes()
    {
        var book = TimeBook.Empty;
        for (var number = 0; number < 10_000; number++)
        {
            book = book.With(Time($"bk_{number:D32}", Noon.AddMinutes(30 * number)));
        }

        Assert.Equal(10_000, book.Count);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(book).Length, 1, 2_000_000);
    }

    private static TakenTime Time(string booking, DateTimeOffset start, int minutes = 30) =>
        new(booking, start, minutes, CallType.Video, 0, 0);
}
