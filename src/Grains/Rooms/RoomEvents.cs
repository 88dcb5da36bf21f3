using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Rooms;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RoomArranged), "room.arranged.v1")]
[JsonDerivedType(typeof(RoomChoreBegun), "room.chore-begun.v1")]
[JsonDerivedType(typeof(RoomChoreDone), "room.chore-done.v1")]
[JsonDerivedType(typeof(RoomMade), "room.made.v1")]
[JsonDerivedType(typeof(RoomLinkGiven), "room.link-given.v1")]
[JsonDerivedType(typeof(RoomAttended), "room.attended.v1")]
[JsonDerivedType(typeof(RoomClosed), "room.closed.v1")]
public abstract record RoomStep(DateTimeOffset At);

/// <param name="Provider">Who is asked to make it.</param>
/// <param name="MakeAt">When, for the first time.</param>
public sealed record RoomArranged(DateTimeOffset At, RoomCall Call, string Provider, string Room, DateTimeOffset MakeAt)
    : RoomStep(At);

/// <summary>Written before the provider is asked: what may be there is deleted, also when no answer comes.</summary>
/// <param name="NextAt">When it is asked again unless it has answered.</param>
public sealed record RoomChoreBegun(
    DateTimeOffset At,
    RoomChoreKind Kind,
    string Room,
    string? Guest,
    DateTimeOffset NextAt
) : RoomStep(At);

public sealed record RoomChoreDone(DateTimeOffset At, RoomChoreKind Kind, string Room, string? Guest) : RoomStep(At);

/// <param name="LookAt">When the provider is asked who is inside; null when it cannot be.</param>
public sealed record RoomMade(DateTimeOffset At, RoomSite Site, DateTimeOffset? LookAt) : RoomStep(At);

/// <param name="Guest">Whom it lets in.</param>
/// <param name="Replaced">The earlier link of the same person; null for her first one.</param>
/// <param name="PutOutAt">When the provider is asked again to put her out, if it does not do so at once; null when there is nobody to ask.</param>
/// <param name="Left">The session that ended with the earlier link, where no provider says so.</param>
public sealed record RoomLinkGiven(
    DateTimeOffset At,
    string Guest,
    string? Replaced,
    DateTimeOffset? PutOutAt,
    RoomSessionLeft? Left
) : RoomStep(At);

public sealed record RoomSessionLeft(string PersonId, string SessionId);

/// <summary>Somebody came or went.</summary>
/// <param name="HappenedAt">By the provider's clock.</param>
public sealed record RoomAttended(
    DateTimeOffset At,
    RoomEventKind Kind,
    string PersonId,
    string Guest,
    string SessionId,
    DateTimeOffset HappenedAt
) : RoomStep(At);

public sealed record RoomClosed(DateTimeOffset At, string Reason) : RoomStep(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RoomStep))]
[JsonSerializable(typeof(Room))]
internal sealed partial class RoomJson : JsonSerializerContext;
