using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Rooms;

public static class RoomRefusals
{
    public const string RoomNotOpenCode = "ROOM_NOT_OPEN";
    public const string RoomClosedCode = "ROOM_CLOSED";
    public const string RoomUnavailableCode = "ROOM_UNAVAILABLE";
    public const string RoomLinkInvalidCode = "ROOM_LINK_INVALID";
    public const string RoomLinkReplacedCode = "ROOM_LINK_REPLACED";
    public const string WebhookRefusedCode = "WEBHOOK_REFUSED";

    public static Refusal RoomNotOpen(DateTimeOffset opensAt) =>
        new(RoomNotOpenCode, "The room opens 10 minutes before the call.", opensAt);

    public static readonly Refusal RoomClosed = new(RoomClosedCode, "This call is over; nobody gets in any more.");

    public static readonly Refusal RoomUnavailable = new(
        RoomUnavailableCode,
        "The room cannot be reached just now; try again in a moment."
    );

    public static readonly Refusal RoomLinkInvalid = new(RoomLinkInvalidCode, "This link opens no room.");

    public static readonly Refusal RoomLinkReplaced = new(
        RoomLinkReplacedCode,
        "A newer link has replaced this one; use that, or ask for another one."
    );

    public static readonly Refusal WebhookRefused = new(
        WebhookRefusedCode,
        "The signature is missing, wrong or too old, or no secret is set here."
    );
}
