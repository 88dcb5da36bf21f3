using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Rooms;

namespace Actors.ApiHost.Rooms;

internal sealed record RoomHeardResponse(bool Received);

/// <summary>What Daily posts; it has more members than those that matter here.</summary>
internal sealed record DailyNotice
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public DailyNoticePayload? Payload { get; init; }

    [JsonPropertyName("event_ts")]
    public double? EventTs { get; init; }

    /// <summary>Null for what is nobody's coming or going in a room of ours.</summary>
    public (string Booking, RoomEvent Said)? Read()
    {
        RoomEventKind? kind = Type switch
        {
            "participant.joined" => RoomEventKind.Joined,
            "participant.left" => RoomEventKind.Left,
            _ => null,
        };
        if (
            kind is null
            || Payload is not { UserId: { } guest, SessionId: { } session } payload
            || RoomNames.BookingOf(payload.Room) is not { } booking
            || !BookingIds.IsValid(booking)
            || !RoomNotices.AreNames(guest, session)
        )
        {
            return null;
        }
        var seconds = kind == RoomEventKind.Joined ? payload.JoinedAt : payload.JoinedAt + payload.Duration;
        return RoomNotices.Time(seconds ?? EventTs) is not { } at
            ? null
            : (booking, new RoomEvent(Id ?? "", kind.Value, payload.Room!, guest, session, at));
    }
}

internal sealed record DailyNoticePayload(
    string? Room,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("session_id")] string? SessionId,
    [property: JsonPropertyName("joined_at")] double? JoinedAt,
    double? Duration
);

/// <summary>What a room server of the platform's own posts.</summary>
internal sealed record ServerNotice
{
    public string? Type { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public ServerNoticeData? Data { get; init; }

    public (string Booking, RoomEvent Said)? Read(string id)
    {
        RoomEventKind? kind = Type switch
        {
            "participant.joined" => RoomEventKind.Joined,
            "participant.left" => RoomEventKind.Left,
            _ => null,
        };
        return
            kind is not null
            && Timestamp is { } at
            && Data is { BookingId: { } booking, Guest: { } guest, SessionId: { } session }
            && BookingIds.IsValid(booking)
            && RoomNotices.AreNames(guest, session)
            ? (booking, new RoomEvent(id, kind.Value, "", guest, session, at))
            : null;
    }
}

internal sealed record ServerNoticeData(string? BookingId, string? Guest, string? SessionId);

internal static class RoomNotices
{
    private const int LongestName = 100;

    public static bool AreNames(string guest, string session) =>
        guest.Length is > 0 and <= LongestName && session.Length is > 0 and <= LongestName;

    /// <summary>Null for what is no time of our days.</summary>
    public static DateTimeOffset? Time(double? seconds) =>
        seconds is > 0 and < 10_000_000_000 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds.Value) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(RoomHeardResponse))]
[JsonSerializable(typeof(DailyNotice))]
[JsonSerializable(typeof(ServerNotice))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RoomJson : JsonSerializerContext;
