using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Rooms;

public static class RoomRefusals
{
    public const string RoomNotOpenCode = "ROOM_NOT_OPEN";
    public const string RoomClosedCode = "ROOM_CLOSED";

    public static Refusal RoomNotOpen(DateTimeOffset opensAt) =>
        new(RoomNotOpenCode, "The room opens 10 minutes before the call.", opensAt);

    public static readonly Refusal RoomClosed = new(RoomClosedCode, "This call is over; nobody gets in any more.");
}
