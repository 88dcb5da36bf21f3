using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Rooms;

/// <summary>Where one call takes place, as the fold of its events.</summary>
/// <param name="Call">Null while nothing was arranged.</param>
/// <param name="Arrangement">How often the call was given a time.</param>
/// <param name="Site">Where it was made; null while it has not been.</param>
/// <param name="Links">The numbers of the newest links of the two sides; no other is good.</param>
/// <param name="Sessions">Who came and went, by the session; bounded.</param>
public sealed record Room(
    RoomCall? Call,
    int Arrangement,
    RoomSite? Site,
    RoomLinks Links,
    ImmutableList<RoomChore> Chores,
    ImmutableDictionary<string, RoomSession> Sessions,
    DateTimeOffset? ClosedAt
)
{
    public static readonly Room None = new(
        null,
        0,
        null,
        new RoomLinks(0, 0, 0),
        [],
        ImmutableDictionary<string, RoomSession>.Empty,
        null
    );

    /// <summary>When something is to be done: with the provider, or the end of the call.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            var closes = ClosedAt is null ? Call?.Closes : null;
            DateTimeOffset? chore = Chores.IsEmpty ? null : Chores.Min(static one => one.Due);
            return chore is null || closes < chore ? closes : chore;
        }
    }
}

/// <summary>A call as it was agreed on last.</summary>
/// <param name="Key">The room's own secret, of which links are made.</param>
public sealed record RoomCall(
    string UserId,
    string PerformerId,
    string PerformerName,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset Closes,
    bool WithVideo,
    DateTimeOffset ArrangedAt,
    string Key
)
{
    [JsonIgnore]
    public DateTimeOffset Opens => Start - RoomRules.OpensBefore;

    /// <summary>Leaves the key out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(RoomCall)} {Start:O}";
}

public sealed record RoomSite(string Provider, string Room, string Address);

/// <param name="Before">Numbers up to it belong to where and when the call was to be before.</param>
public sealed record RoomLinks(int User, int Performer, int Before);

public enum RoomChoreKind
{
    Make,
    PutOut,
    Look,
    Delete,
}

/// <summary>Something that a provider has still to do.</summary>
/// <param name="Guest">Whom to put out; null for what concerns nobody in particular.</param>
/// <param name="Tries">How often it was begun.</param>
/// <param name="Due">When it is begun the next time, unless it was done until then.</param>
public sealed record RoomChore(
    RoomChoreKind Kind,
    string Provider,
    string Room,
    string? Guest,
    int Tries,
    DateTimeOffset Since,
    DateTimeOffset Due
)
{
    public bool Is(RoomChoreKind kind, string room, string? guest) => (Kind, Room, Guest) == (kind, room, guest);
}

/// <param name="LeftAt">Null while she is inside.</param>
public sealed record RoomSession(string PersonId, string Guest, DateTimeOffset? JoinedAt, DateTimeOffset? LeftAt);
