using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Live;

public static class LiveRefusals
{
    public const string InvalidEventIdCode = "INVALID_EVENT_ID";
    public const string TooManyConnectionsCode = "TOO_MANY_CONNECTIONS";
    public const string WebSocketRequiredCode = "WEBSOCKET_REQUIRED";

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(15);

    public static readonly Refusal InvalidEventId = new(
        InvalidEventIdCode,
        "Last-Event-ID is the id of an envelope that you have received; leave it out to begin now."
    );

    public static readonly Refusal WebSocketRequired = new(
        WebSocketRequiredCode,
        "This address speaks WebSocket; /api/v1/events has the same over HTTP."
    );

    public static Refusal TooManyConnections(int most, DateTimeOffset now) =>
        new(
            TooManyConnectionsCode,
            $"You have {most} live connections open, as many as one person may have.",
            now + TryAgainAfter
        );
}
