using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Bookings;

/// <summary>What admins see of all calls: lists, figures, files.</summary>
internal sealed class BookingOverviewEndpoints(IGrainFactory grains, RequestLimiter limiter, TimeProvider time)
    : IEndpoints
{
    private const int LinesOfLog = 100;

    private readonly BookingDays _days = new(grains);
    private readonly BookingAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes
            .MapGroup("/api/v1/admin/bookings")
            .WithTags("Bookings (administration)")
            .For(Roles.Admin)
            .Switchable(Features.Bookings);
        Filtered(admin.Get("", List, BookingOverviewJson.Default.ListedBookingsResponse))
            .WithSummary("Calls that start within at most 92 days, latest start first")
            .Paged();
        admin
            .Get("/overview", Overview, BookingOverviewJson.Default.BookingOverviewResponse)
            .WithSummary("By UTC day: booked, completed, cancelled, no-shows, incidents, money; and the totals")
            .WithQuery("from", "The first day; 30 days before the last one unless given.", typeof(DateOnly))
            .WithQuery("to", "The last day, at most 91 days later; today unless given.", typeof(DateOnly))
            .Refuses(CommonRefusals.InvalidDateRangeCode);
        Filtered(admin.MapMethods("/export", ["GET"], Export))
            .WithMetadata(
                ((Delegate)Export).Method,
                new AnswerStream("200", "The bookings and, at the end, how many they are.", "text/csv")
            )
            .WithSummary("The same list as a file")
            .WithQuery("format", "csv or json.", typeof(string), "csv");
        admin
            .Get("/{bookingId}", Get, BookingOverviewJson.Default.BookingFileResponse)
            .WithSummary("A booking with the newest 100 lines of its log")
            .Refuses(BookingRefusals.BookingNotFoundCode);
    }

    private static IEndpointConventionBuilder Filtered(IEndpointConventionBuilder route) =>
        route
            .WithQuery("status", "Only bookings at this stage, such as confirmed.", typeof(string))
            .WithQuery("user", "Only this user's.", typeof(string))
            .WithQuery("performer", "Only this performer's.", typeof(string))
            .WithQuery("provider", "Only those paid, or to be paid, with this provider.", typeof(string))
            .WithQuery("from", "Only calls that start at this time or later.", typeof(DateTimeOffset))
            .WithQuery("until", "Only calls that start before this time.", typeof(DateTimeOffset))
            .Refuses(BookingRefusals.InvalidBookingCode);

    private async ValueTask<Outcome<ListedBookingsResponse>> List(Call call)
    {
        var (page, query) = (call.Page(), BookingDays.Query(call, time.GetUtcNow()));
        if ((page.Refusal ?? query.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (first, last, filter) = query.Value;
        var found = await _days.PageAsync(first, last, filter, page.Value.Limit, page.Value.Offset);
        return new ListedBookingsResponse(
            [.. found.Bookings.Select(ListedBookingResponse.From)],
            found.Total,
            page.Value.Limit,
            page.Value.Offset
        );
    }

    private async ValueTask<Outcome<BookingOverviewResponse>> Overview(Call call)
    {
        if (
            !call.TryDay("from", out var from)
            || !call.TryDay("to", out var to)
            || from is { Year: < 2000 or >= 2200 }
            || to is { Year: < 2000 or >= 2200 }
        )
        {
            return InvalidDays;
        }
        var last = to ?? from?.AddDays(30) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = from ?? last.AddDays(-30);
        return last < first || last.DayNumber - first.DayNumber >= BookingDays.MostDays
            ? InvalidDays
            : BookingOverviewResponse.Of(await _days.OverviewAsync(first, last));
    }

    private static readonly Refusal InvalidDays = new(
        CommonRefusals.InvalidDateRangeCode,
        "from and to are days such as 2026-11-30, to not before from, and at most 92 days in all."
    );

    private async ValueTask<Outcome<BookingFileResponse>> Get(Call call)
    {
        var opened = await _access.OpenAsync(call);
        if (opened.Refusal is not null)
        {
            return opened.Refusal;
        }
        var booking = BookingAccess.Answer(call, await _access.Booking(opened).Get(call.Actor()));
        return booking.Refusal is not null
            ? booking.Refusal
            : new BookingFileResponse(
                booking.Value!,
                BookingLogResponse.From(await _access.Booking(opened).Log(LinesOfLog, null))
            );
    }

    /// <summary>Not one of the typed routes: what it answers with depends on what is asked.</summary>
    private async Task Export(HttpContext http)
    {
        var call = new Call(http);
        var query = BookingDays.Query(call, time.GetUtcNow());
        var format = http.Request.Query["format"];
        var refusal =
            query.Refusal
            ?? (format.Count == 0 || format is ["csv" or "json"] ? null : BookingRefusals.InvalidBookingQuery)
            ?? limiter.Charge(call.Caller, RequestCosts.Export, http.Response.Headers);
        if (refusal is not null)
        {
            Problem.Write(http, refusal);
            return;
        }
        var (first, last, filter) = query.Value;
        var bookings = _days.AllAsync(first, last, filter).Select(static one => ListedBookingResponse.From(one));
        await (
            format == "json"
                ? BookingExport.WriteJsonAsync(http, bookings)
                : BookingExport.WriteCsvAsync(http, bookings)
        );
    }
}
