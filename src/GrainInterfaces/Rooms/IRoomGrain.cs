using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Rooms;

/// <summary>
/// Where one booked call takes place. The key is the booking's id. It alone talks to the provider of rooms, lets the two
/// people in, and tells the booking who was there; what is said there it never knows.
/// </summary>
[Alias("IRoomGrain")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>A call was agreed on, or is at another time now; the room is made in time by itself.</summary>
    Task Arrange(Delivery delivery, ArrangeRoom command);

    /// <summary>The call is over or will not be: nobody gets in any more, who is inside is put out, and the room goes.</summary>
    Task Close(Delivery delivery, string reason);

    /// <summary>
    /// A link for one of the two people, from 10 minutes before the start until the call is over. A new one of the same
    /// person replaces her earlier one.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    Task<Outcome<JoinLink>> Join(string personId);

    /// <summary>What the provider says, its signature and age checked; each event counts once.</summary>
    Task<Outcome<Done>> Hear(RoomEvent said);

    /// <summary>What the page behind a link of ours shows. Looking is not joining: programs that preview links look, too.</summary>
    ValueTask<Outcome<RoomVisit>> Visit(string token);

    /// <summary>Whoever holds a link of ours has come in or gone; doing so again changes nothing.</summary>
    Task<Outcome<RoomVisit>> Report(string token, RoomEventKind kind);
}

/// <param name="Closes">The end of the call and the grace after it.</param>
/// <param name="PerformerName">For the page of a room of ours, which says whose call it is.</param>
[GenerateSerializer, Immutable, Alias("ArrangeRoom")]
public sealed record ArrangeRoom(
    [property: Id(0)] string BookingId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string PerformerId,
    [property: Id(3)] DateTimeOffset Start,
    [property: Id(4)] DateTimeOffset End,
    [property: Id(5)] DateTimeOffset Closes,
    [property: Id(6)] bool WithVideo,
    [property: Id(7)] string PerformerName = ""
);

[GenerateSerializer, Immutable, Alias("JoinLink")]
public sealed record JoinLink(
    [property: Id(0)] string Url,
    [property: Id(1)] DateTimeOffset OpensAt,
    [property: Id(2)] DateTimeOffset ExpiresAt
);

public enum RoomEventKind
{
    Joined,
    Left,
}

/// <param name="Room">The room's name with the provider; empty when it goes by guests alone.</param>
/// <param name="Guest">Whom the provider calls so because we did: one of the two people, with one of her links.</param>
/// <param name="SessionId">Another one each time that somebody connects.</param>
[GenerateSerializer, Immutable, Alias("RoomEvent")]
public sealed record RoomEvent(
    [property: Id(0)] string EventId,
    [property: Id(1)] RoomEventKind Kind,
    [property: Id(2)] string Room,
    [property: Id(3)] string Guest,
    [property: Id(4)] string SessionId,
    [property: Id(5)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("RoomVisit")]
public sealed record RoomVisit(
    [property: Id(0)] string PerformerName,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] DateTimeOffset End,
    [property: Id(3)] bool IsInside
);

/// <summary>
/// What a room tells its booking: the evidence of who was there. Providers tell late and in any order: go by
/// <paramref name="At"/>, and by the session, for somebody who comes back on another device leaves the first one later.
/// </summary>
[GenerateSerializer, Immutable, Alias("Attendance")]
public sealed record Attendance(
    [property: Id(0)] RoomEventKind Kind,
    [property: Id(1)] string PersonId,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string SessionId = ""
);
