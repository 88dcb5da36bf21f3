using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Pages;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Rooms;

namespace Actors.ApiHost.Rooms;

/// <summary>
/// What a link of ours opens. Opening it changes nothing, for chats and mail programs open links as well; coming in and going
/// are forms, and those are the evidence.
/// </summary>
internal sealed class RoomPageEndpoints(IGrainFactory grains) : IEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    public void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/rooms/{token}").Public().AsPage(BrowserPage.OfOurs);
        pages.MapMethods("", ["GET"], Show);
        pages.MapMethods("/join", ["POST"], http => ReportAsync(http, RoomEventKind.Joined));
        pages.MapMethods("/leave", ["POST"], http => ReportAsync(http, RoomEventKind.Left));
    }

    private async Task Show(HttpContext http) =>
        await WriteAsync(http, Room(http) is { } room ? await room.Visit(Token(http)) : RoomRefusals.RoomLinkInvalid);

    private async Task ReportAsync(HttpContext http, RoomEventKind kind) =>
        await WriteAsync(
            http,
            Room(http) is { } room ? await room.Report(Token(http), kind) : RoomRefusals.RoomLinkInvalid
        );

    /// <summary>Null for what names no booking: nobody wakes grains with names of his own.</summary>
    private IRoomGrain? Room(HttpContext http) =>
        Token(http).Split('.')[0] is var booking && BookingIds.IsValid(booking)
            ? grains.GetGrain<IRoomGrain>(booking)
            : null;

    private static string Token(HttpContext http) => new Call(http).Route("token") ?? "";

    private static Task WriteAsync(HttpContext http, Outcome<RoomVisit> visit)
    {
        var words = RoomWords.For(http.Request);
        http.Response.StatusCode = visit.Refusal is { } refusal ? RefusalStatus.Of(refusal.Code) : 200;
        http.Response.ContentType = Html;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(
            visit.Refusal is { } reason
                ? RoomPage.Refused(words, reason)
                : RoomPage.Of(words, visit.Value!, Token(http))
        );
    }
}
