using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Grains.Rooms.Daily;

internal sealed record DailyRoom(string Name, string Privacy, DailyRoomProperties Properties);

/// <summary>
/// Recording is not among them: a room that does not ask for it has none, and only an owner, whom we make nobody, could begin one.
/// </summary>
/// <param name="Nbf">Seconds since 1970.</param>
/// <param name="Exp">Seconds since 1970.</param>
internal sealed record DailyRoomProperties(
    long Nbf,
    long Exp,
    int MaxParticipants,
    bool EjectAtRoomExp,
    bool StartVideoOff,
    bool EnableChat,
    bool EnableKnocking
);

internal sealed record DailyRoomMade(string? Name, string? Url, string? Privacy);

internal sealed record DailyTokenWanted(DailyTokenProperties Properties);

internal sealed record DailyTokenProperties(
    string RoomName,
    string UserId,
    bool IsOwner,
    long Nbf,
    long Exp,
    bool EjectAtTokenExp
);

internal sealed record DailyToken(string? Token)
{
    /// <summary>Leaves the token out, so that logging cannot leak it.</summary>
    public override string ToString() => nameof(DailyToken);
}

internal sealed record DailyEject(IReadOnlyList<string> UserIds, bool Ban);

internal sealed record DailyPresence(IReadOnlyList<DailyPresent>? Data);

/// <summary>The one answer of Daily's whose members are not in snake case.</summary>
internal sealed record DailyPresent(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("userId")] string? UserId,
    [property: JsonPropertyName("joinTime")] DateTimeOffset JoinTime
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16
)]
[JsonSerializable(typeof(DailyRoom))]
[JsonSerializable(typeof(DailyRoomMade))]
[JsonSerializable(typeof(DailyTokenWanted))]
[JsonSerializable(typeof(DailyToken))]
[JsonSerializable(typeof(DailyEject))]
[JsonSerializable(typeof(DailyPresence))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DailyJson : JsonSerializerContext;
