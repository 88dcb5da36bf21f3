using System.Security.Cryptography;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>Booked calls in the calendar programs of those who have them.</summary>
internal sealed class CalendarFeedEndpoints(IGrainFactory grains, TimeProvider time) : IEndpoints
{
    private const int PageLength = 100;
    private const int MostPages = 10;

    /// <summary>Calls that are over stay so long.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public void Map(IEndpointRouteBuilder routes)
    {
        var own = routes
            .MapGroup("/api/v1/me/calendar-feed")
            .WithTags("Private calls")
            .For(Roles.User | Roles.Model)
            .Switchable(Features.Bookings);
        own.Post("", Make, PerformerJson.Default.CalendarFeedResponse)
            .WithSummary("A secret address for calendar programs; the one before does not work any more")
            .Refuses(HttpRefusals.NotFoundCode);
        own.Delete("", Revoke, PerformerJson.Default.CalendarFeedRevokedResponse)
            .WithSummary("The address does not work any more");
        var files = routes.MapGroup("").WithTags("Private calls").Switchable(Features.Bookings);
        files
            .MapMethods("/calendars/{token}.ics", ["GET"], ReadFeed)
            .Public()
            .WithMetadata(
                ((Delegate)ReadFeed).Method,
                new AnswerStream("200", "A calendar (RFC 5545).", CalendarFile.MediaType)
            )
            .WithSummary("The calls of the person whose address this is: of the last 90 days, and all to come")
            .Refuses(PerformerRefusals.CalendarNotFoundCode);
        files
            .MapMethods("/api/v1/bookings/{bookingId}/calendar.ics", ["GET"], One)
            .WithMetadata(
                ((Delegate)One).Method,
                new AnswerStream("200", "A calendar with the one call (RFC 5545).", CalendarFile.MediaType)
            )
            .WithSummary("One call for the calendar program of somebody who has a part in it")
            .Refuses(BookingRefusals.BookingNotFoundCode);
    }

    private async ValueTask<Outcome<CalendarFeedResponse>> Make(Call call)
    {
        var viewer = await CallViewer.OfAsync(grains, call);
        if (viewer.Refusal is not null)
        {
            return viewer.Refusal;
        }
        var secret = RandomNumberGenerator.GetBytes(CalendarAddress.SecretBytes);
        var address = await Feed(call.Caller.Id).Make(call.Actor(), secret);
        var request = call.Http.Request;
        return new CalendarFeedResponse($"{request.Scheme}://{request.Host}/calendars/{address}.ics");
    }

    private async ValueTask<Outcome<CalendarFeedRevokedResponse>> Revoke(Call call)
    {
        await Feed(call.Caller.Id).Revoke(call.Actor());
        return new CalendarFeedRevokedResponse(true);
    }

    private async Task ReadFeed(HttpContext http)
    {
        var address = new Call(http).Route("token");
        if (
            CalendarAddress.PersonIn(address) is not { } person
            || !await Feed(person).Knows(address!)
            || await grains.GetGrain<IPersonGrain>(person).Find() is not { } kind
        )
        {
            Problem.Write(http, PerformerRefusals.CalendarNotFound);
            return;
        }
        var bookings = await BookingsOfAsync(person);
        await WriteAsync(http, CalendarFile.Feed(bookings, person, await LanguageAsync(person, kind)));
    }

    private async Task One(HttpContext http)
    {
        var call = new Call(http);
        // An id that cannot be is one that is not.
        var booking =
            call.Route("bookingId") is { } id && BookingIds.IsValid(id)
                ? await grains.GetGrain<IBookingGrain>(id).Get(call.Actor())
                : BookingRefusals.BookingNotFound;
        if (booking.Refusal is not null)
        {
            Problem.Write(http, booking.Refusal);
            return;
        }
        var kind = call.Caller.Role == ActorRole.Model ? PersonKind.Model : PersonKind.User;
        var language = await LanguageAsync(call.Caller.Id, kind);
        if (CalendarFile.Of(booking.Value!, call.Caller.Id, language) is not { } file)
        {
            Problem.Write(http, BookingRefusals.BookingNotFound);
            return;
        }
        await WriteAsync(http, file);
    }

    private async Task<IReadOnlyList<BookingSummary>> BookingsOfAsync(string person)
    {
        var list = grains.GetGrain<IBookingListGrain>(person);
        var filter = new BookingFilter(From: time.GetUtcNow() - KeptFor);
        var found = new List<BookingSummary>();
        for (var page = 0; page < MostPages; page++)
        {
            var read = await list.List(filter, PageLength, page * PageLength);
            found.AddRange(read.Bookings);
            if (read.Bookings.Count < PageLength)
            {
                break;
            }
        }
        return found;
    }

    private async Task<string> LanguageAsync(string person, PersonKind kind) =>
        kind == PersonKind.User
            ? (await grains.GetGrain<IUserProfileGrain>(person).Get()).Language
            : (await grains.GetGrain<IModelProfileGrain>(person).Get()).Value?.Language ?? "en";

    private static Task WriteAsync(HttpContext http, string file)
    {
        http.Response.ContentType = CalendarFile.MediaType;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"calls.ics\"";
        return http.Response.WriteAsync(file, http.RequestAborted);
    }

    private ICalendarFeedGrain Feed(string person) => grains.GetGrain<ICalendarFeedGrain>(person);
}
