using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Rooms;

/// <summary>Everything that is decided about a room. Pure: knows no grain, no clock, no I/O.</summary>
public static class RoomRules
{
    public const int MaxSessions = 200;

    /// <summary>The name of the rooms that need no provider: what takes over when one stays away.</summary>
    public const string Hosted = "hosted";

    public static readonly TimeSpan OpensBefore = TimeSpan.FromMinutes(10);

    /// <summary>A provider that was asked for a room late has at least so long.</summary>
    public static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(30);

    /// <summary>Longer than any provider may take to answer: until then it may still be at it.</summary>
    public static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPauseOfDeletion = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstLookAfter = TimeSpan.FromMinutes(1);

    /// <summary>Null for what is agreed on already, and for a call that is over.</summary>
    /// <param name="key">A secret that this room may have from now on.</param>
    public static RoomArranged? Arrange(
        Room room,
        ArrangeRoom command,
        string key,
        string provider,
        TimeSpan makeBefore,
        DateTimeOffset now
    )
    {
        var call = new RoomCall(
            command.UserId,
            command.PerformerId,
            command.PerformerName,
            command.Start,
            command.End,
            command.Closes,
            command.WithVideo,
            now,
            key
        );
        var isKnown = room.Call is { } known && known with { ArrangedAt = now, Key = key } == call;
        return isKnown || room.ClosedAt is not null
            ? null
            : new RoomArranged(
                now,
                call,
                provider,
                RoomNames.Of(command.BookingId, room.Arrangement + 1),
                command.Start - makeBefore
            );
    }

    public static RoomClosed? Close(Room room, string reason, DateTimeOffset now) =>
        room.ClosedAt is null ? new RoomClosed(now, reason) : null;

    /// <summary>Why nobody gets in now; null when people do.</summary>
    public static Refusal? Refuse(Room room, DateTimeOffset now) =>
        room.Call is not { } call || room.ClosedAt is not null || now >= call.Closes ? RoomRefusals.RoomClosed
        : now < call.Opens ? RoomRefusals.RoomNotOpen(call.Opens)
        : null;

    /// <summary>A new link for one of the two; her earlier one is no good from now on.</summary>
    public static RoomLinkGiven GiveLink(Room room, bool isUser, DateTimeOffset now)
    {
        var newest = Math.Max(room.Links.Before, Math.Max(room.Links.User, room.Links.Performer));
        var replaced = RoomGuest.NewestOf(room, isUser);
        var isHosted = room.Site!.Provider == Hosted;
        var open = replaced is null ? null : OpenSessionOf(room, replaced);
        return new RoomLinkGiven(
            now,
            RoomGuest.Of(isUser, newest + 1),
            replaced,
            replaced is null || isHosted ? null : now + LeastPause,
            isHosted && open is { } left ? new RoomSessionLeft(left.Session.PersonId, left.Id) : null
        );
    }

    /// <summary>Null for what is known already, and for what is of no room or person of this call.</summary>
    public static RoomAttended? Hear(Room room, RoomEvent said, string bookingId, DateTimeOffset now)
    {
        if (
            room.Call is not { } call
            || RoomGuest.PersonOf(call, said.Guest) is not { } person
            || !IsOfThisCall(room, said, bookingId)
        )
        {
            return null;
        }
        var known = room.Sessions.GetValueOrDefault(said.SessionId);
        var isKnown = said.Kind == RoomEventKind.Joined ? known?.JoinedAt is not null : known?.LeftAt is not null;
        return isKnown || (known is null && room.Sessions.Count >= MaxSessions)
            ? null
            : new RoomAttended(
                now,
                said.Kind,
                person,
                said.Guest,
                said.SessionId,
                // A clock that is ahead says what has not happened yet.
                said.At < now
                    ? said.At
                    : now
            );
    }

    /// <summary>Whether the provider still has to be asked who is inside: it may have told us, and we were not there.</summary>
    public static bool IsSomebodyMissing(Room room) =>
        room.Call is { } call && (!WasSeen(room, call.UserId) || !WasSeen(room, call.PerformerId));

    /// <summary>Somebody comes or goes by a link to a room of ours; null when she is in or out already.</summary>
    public static RoomAttended? Report(Room room, string guest, RoomEventKind kind, DateTimeOffset now)
    {
        var open = OpenSessionOf(room, guest);
        var isSo = (kind == RoomEventKind.Joined) == open is not null;
        if (isSo || (open is null && room.Sessions.Count >= MaxSessions))
        {
            return null;
        }
        var session = open?.Id ?? $"{guest}.{room.Sessions.Count + 1}";
        return new RoomAttended(now, kind, RoomGuest.PersonOf(room.Call!, guest)!, guest, session, now);
    }

    public static (string Id, RoomSession Session)? OpenSessionOf(Room room, string guest)
    {
        foreach (var (id, session) in room.Sessions)
        {
            if (session.Guest == guest && session is { JoinedAt: not null, LeftAt: null })
            {
                return (id, session);
            }
        }
        return null;
    }

    /// <summary>What the agenda brings about, in order; chores that begin are those that are to be done now.</summary>
    public static IReadOnlyList<RoomStep> DecideDue(Room room, DateTimeOffset now)
    {
        List<RoomStep> steps = [];
        if (room is { Call: { } call, ClosedAt: null } && call.Closes <= now)
        {
            Decide(new RoomClosed(now, "over"));
        }
        foreach (var chore in room.Chores.Where(chore => chore.Due <= now))
        {
            Decide(
                IsToBeReplaced(room, chore, now)
                    ? FallBack(room, now)
                    : new RoomChoreBegun(now, chore.Kind, chore.Room, chore.Guest, NextAt(room, chore, now))
            );
        }
        return steps;

        void Decide(RoomStep step)
        {
            steps.Add(step);
            room = RoomFold.Evolve(room, step);
        }
    }

    public static RoomMade Made(Room room, RoomChore chore, string address, bool canLook, DateTimeOffset now)
    {
        var looks = room.Call!.Start + FirstLookAfter;
        return new RoomMade(
            now,
            new RoomSite(chore.Provider, chore.Room, address),
            canLook ? (looks > now ? looks : now) : null
        );
    }

    /// <summary>The call takes place in a room of ours: the provider has not made one, or lets nobody in.</summary>
    public static RoomMade FallBack(Room room, DateTimeOffset now)
    {
        var name = room.Site?.Room ?? room.Chores.Find(static chore => chore.Kind == RoomChoreKind.Make)!.Room;
        return new RoomMade(now, new RoomSite(Hosted, name + "h", ""), null);
    }

    public static DateTimeOffset NextAt(Room room, RoomChore chore, DateTimeOffset now)
    {
        if (chore.Kind == RoomChoreKind.Look)
        {
            return now + BetweenLooks;
        }
        var longest = chore.Kind == RoomChoreKind.Delete ? LongestPauseOfDeletion : LongestPause;
        var pause = LeastPause * Math.Pow(2, Math.Min(chore.Tries, 16));
        var next = now + (pause < longest ? pause : longest);
        return
            chore.Kind == RoomChoreKind.Make
            && room.Call is { } call
            && FallsBackAt(call) is var end
            && end < next
            && end >= now + LeastPause
            ? end
            : next;
    }

    private static bool IsToBeReplaced(Room room, RoomChore chore, DateTimeOffset now) =>
        chore is { Kind: RoomChoreKind.Make, Tries: > 0 }
        && chore.Provider != Hosted
        && room.Call is { } call
        && now >= FallsBackAt(call);

    private static DateTimeOffset FallsBackAt(RoomCall call) =>
        call.ArrangedAt + LeastPatience is var late && late > call.Opens ? late : call.Opens;

    /// <summary>A room server of the platform's own knows no names of rooms, but links have numbers that are never used again.</summary>
    private static bool IsOfThisCall(Room room, RoomEvent said, string bookingId) =>
        RoomNames.Of(bookingId, room.Arrangement) is var own
        && (said.Room.Length == 0 || said.Room == own || said.Room == own + "h")
        && RoomGuest.NumberOf(said.Guest) > room.Links.Before;

    private static bool WasSeen(Room room, string personId) =>
        room.Sessions.Values.Any(session => session.PersonId == personId);
}
