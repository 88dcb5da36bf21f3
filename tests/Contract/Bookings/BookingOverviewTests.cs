using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;

namespace Actors.Contract.Tests.Bookings;

[Trait("Spec", "BO-10")]
public sealed class BookingOverviewTests : IAsyncLifetime
{
    private const string Bookings = "/api/v1/admin/bookings";
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private ApiServer _server = null!;
    private ApiClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _admin = _server.As("admin", "root");
        await TakeAsync("2026-03-10", Booking("a", Noon, "bo", "tokens", 100, 0, CallEndKind.Completed));
        await TakeAsync(
            "2026-03-10",
            Booking("b", Noon.AddHours(2), "bo", "stripe", 2_500, 2_500, CallEndKind.PerformerNoShow)
        );
        await TakeAsync(
            "2026-03-11",
            Booking("c", Noon.AddDays(1), "=cleo()", "tokens", 40, 40, null) with
            {
                Status = BookingStatus.Cancelled,
            }
        );
        await TakeAsync("2026-03-11", Booking("moved", Noon.AddDays(1), "bo", "tokens", 1_000, 0, null));
        await TakeAsync(
            "2026-03-11",
            Booking("moved", Noon.AddDays(1), "bo", "tokens", 1_000, 0, null) with
            {
                Gone = true,
                Version = 2,
            }
        );
        await TakeAsync(
            "2026-03-12",
            Booking("moved", Noon.AddDays(2), "bo", "tokens", 1_000, 0, null) with
            {
                Version = 2,
            }
        );
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_list_goes_over_days_with_filters_and_pages()
    {
        const string range = "from=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z";
        var all = (await _admin.Get($"{Bookings}?{range}")).ShouldBe(200);
        Assert.Equal(["bookings", "total", "limit", "offset"], all.Members);
        Assert.Equal(["moved", "c", "b", "a"], Ids(all));

        Assert.Equal(["c", "b"], Ids(await _admin.Get($"{Bookings}?{range}&limit=2&offset=1")));
        Assert.Equal("4", (await _admin.Get($"{Bookings}?{range}&limit=2&offset=1"))["total"]);
        Assert.Equal(["a"], Ids(await _admin.Get($"{Bookings}?{range}&limit=2&offset=3")));
        Assert.Equal(["c"], Ids(await _admin.Get($"{Bookings}?{range}&status=cancelled")));
        Assert.Equal(["b"], Ids(await _admin.Get($"{Bookings}?{range}&provider=stripe&user=bo&performer=mia")));
        Assert.Equal(["b"], Ids(await _admin.Get($"{Bookings}?from=2026-03-10T13:00:00Z&until=2026-03-11T12:00:00Z")));
    }

    [Theory]
    [InlineData("status=nonsense")]
    [InlineData("status=3")]
    [InlineData("from=2026-03-10")]
    [InlineData("from=2026-03-01T00:00:00Z&until=2026-07-01T00:00:00Z")]
    [InlineData("from=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z")]
    [InlineData("from=9999-12-31T23:59:59Z")]
    [InlineData("until=0001-01-01T00:00:00Z")]
    [InlineData("user=a%20b")]
    public async Task A_query_that_makes_no_sense_is_refused(string query)
    {
        (await _admin.Get($"{Bookings}?{query}")).ShouldRefuse(400, "INVALID_BOOKING");
        (await _admin.Get($"{Bookings}/export?{query}")).ShouldRefuse(400, "INVALID_BOOKING");
    }

    [Fact]
    public async Task The_overview_has_every_day_and_the_totals_of_all()
    {
        var overview = (await _admin.Get($"{Bookings}/overview?from=2026-03-10&to=2026-03-12")).ShouldBe(200);

        Assert.Equal(["from", "to", "days", "totals"], overview.Members);
        var days = overview.Json.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(
            ["2026-03-10", "2026-03-11", "2026-03-12"],
            days.Select(static day => day.GetProperty("day").GetString())
        );
        Assert.Equal(
            """{"booked":2,"completed":1,"cancelled":0,"noShows":1,"performerNoShows":1,"userNoShows":0,"bothAbsent":0,"incidents":0,"refunds":1,"revenue":[{"provider":"stripe","currency":"USD","paid":2500,"refunded":2500,"refunds":1},{"provider":"tokens","currency":"TOKENS","paid":100,"refunded":0,"refunds":0}]}""",
            days[0].GetProperty("figures").GetRawText()
        );
        Assert.Equal(
            """{"booked":4,"completed":1,"cancelled":1,"noShows":1,"performerNoShows":1,"userNoShows":0,"bothAbsent":0,"incidents":0,"refunds":2,"revenue":[{"provider":"stripe","currency":"USD","paid":2500,"refunded":2500,"refunds":1},{"provider":"tokens","currency":"TOKENS","paid":1140,"refunded":40,"refunds":1}]}""",
            overview.Json.GetProperty("totals").GetRawText()
        );
        foreach (
            var range in new[]
            {
                "from=2026-03-10&to=2026-03-09",
                "from=2026-01-01&to=2026-06-01",
                "from=x",
                "to=9999-12-31",
                "from=0001-01-01",
            }
        )
        {
            (await _admin.Get($"{Bookings}/overview?{range}")).ShouldRefuse(400, "INVALID_DATE_RANGE");
        }
    }

    [Fact]
    public async Task Files_hold_all_that_fits_with_its_count_and_no_formula()
    {
        const string range = "from=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z";
        var csv = (await _admin.Get($"{Bookings}/export?{range}")).ShouldBe(200);
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("booking_id,user_id,performer_id,", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "c,'=cleo(),mia,\"Mia\",cancelled,,",
            lines[2]
                [..lines[2].IndexOf("2026", StringComparison.Ordinal)]
                .Replace("03/11/", "", StringComparison.Ordinal)
        );
        Assert.Equal("text/csv", csv.MediaType);

        var json = (await _admin.Get($"{Bookings}/export?{range}&format=json")).ShouldBe(200);
        Assert.Equal(("4", 4), (json["count"], json.Json.GetProperty("bookings").GetArrayLength()));
        (await _admin.Get($"{Bookings}/export?{range}&format=xml")).ShouldRefuse(400, "INVALID_BOOKING");
        (await _server.As("user", "bo").Get($"{Bookings}/export")).ShouldRefuse(403, "FORBIDDEN");
    }

    [Fact]
    public async Task A_booking_that_is_not_there_is_not_found()
    {
        (await _admin.Get($"{Bookings}/bk_{new string('0', 32)}")).ShouldRefuse(404, "BOOKING_NOT_FOUND");
        (await _admin.Get($"{Bookings}/nonsense")).ShouldRefuse(404, "BOOKING_NOT_FOUND");
    }

    private static IEnumerable<string?> Ids(Answer answer) =>
        answer
            .ShouldBe(200)
            .Json.GetProperty("bookings")
            .EnumerateArray()
            .Select(static one => one.GetProperty("bookingId").GetString());

    private Task TakeAsync(string day, BookingSummary booking) =>
        _server
            .Service<IGrainFactory>()
            .GetGrain<IBookingDayGrain>(day)
            .Take([
                new Delivered<BookingSummary>(new Delivery($"booking/{booking.BookingId}", booking.Version), booking),
            ]);

    private static BookingSummary Booking(
        string id,
        DateTimeOffset start,
        string user,
        string provider,
        long paid,
        long refunded,
        CallEndKind? verdict
    )
    {
        var money = new Money(provider == "stripe" ? "USD" : Money.TokenCurrency, paid);
        var status = verdict switch
        {
            CallEndKind.Completed => BookingStatus.Completed,
            null => BookingStatus.Confirmed,
            _ => BookingStatus.NoShow,
        };
        return new(
            id,
            user,
            "mia",
            "Mia",
            status,
            verdict,
            start,
            30,
            CallType.Video,
            money,
            provider,
            money,
            refunded,
            0,
            start,
            1,
            Gone: false
        );
    }
}
