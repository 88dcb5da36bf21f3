using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Rooms;

public static class RoomFold
{
    public static Room Evolve(Room room, RoomStep step) =>
        step switch
        {
            RoomArranged arranged => Arrange(room, arranged),
            RoomChoreBegun begun => Begin(room, begun),
            RoomChoreDone done => Without(room, done.Kind, done.Room, done.Guest),
            RoomMade made => Make(room, made),
            RoomLinkGiven given => Admit(room, given),
            RoomAttended attended => Attend(room, attended),
            RoomClosed closed => Leave(room, closed.At) with { ClosedAt = closed.At },
            _ => throw new InvalidOperationException($"Unknown event {step.GetType().Name}."),
        };

    private static Room Arrange(Room room, RoomArranged arranged)
    {
        var left = Leave(room, arranged.At);
        return left with
        {
            Call = arranged.Call,
            Arrangement = room.Arrangement + 1,
            // Links to where the call was to be open nothing where it is now.
            Links = new RoomLinks(room.Links.User, room.Links.Performer, Newest(room.Links)),
            Chores = left.Chores.Add(
                NewChore(RoomChoreKind.Make, arranged.Provider, arranged.Room, null, arranged.At, arranged.MakeAt)
            ),
        };
    }

    private static Room Begin(Room room, RoomChoreBegun begun)
    {
        var at = room.Chores.FindIndex(chore => chore.Is(begun.Kind, begun.Room, begun.Guest));
        var chore = room.Chores[at];
        return room with
        {
            Chores = room.Chores.SetItem(at, chore with { Tries = chore.Tries + 1, Due = begun.NextAt }),
        };
    }

    private static Room Make(Room room, RoomMade made)
    {
        var asked = room.Chores.Find(static chore => chore.Kind == RoomChoreKind.Make);
        var chores = room.Chores.RemoveAll(static chore => chore.Kind == RoomChoreKind.Make);
        if (asked is { Tries: > 0 } && asked.Provider != made.Site.Provider)
        {
            chores = chores.Add(ToDelete(asked.Provider, asked.Room, made.At));
        }
        if (room.Site is { } before)
        {
            chores = chores.Add(ToDelete(before.Provider, before.Room, made.At));
        }
        if (made.LookAt is { } lookAt)
        {
            chores = chores.Add(
                NewChore(RoomChoreKind.Look, made.Site.Provider, made.Site.Room, null, made.At, lookAt)
            );
        }
        return room with { Site = made.Site, Chores = chores };
    }

    private static Room Admit(Room room, RoomLinkGiven given)
    {
        var number = Newest(room.Links) + 1;
        var links = RoomGuest.IsUser(given.Guest)
            ? room.Links with
            {
                User = number,
            }
            : room.Links with
            {
                Performer = number,
            };
        var sessions =
            given.Left is { } left && room.Sessions.TryGetValue(left.SessionId, out var session)
                ? room.Sessions.SetItem(left.SessionId, session with { LeftAt = given.At })
                : room.Sessions;
        var chores =
            given.PutOutAt is { } putOutAt && room.Site is { } site
                ? room.Chores.Add(
                    NewChore(RoomChoreKind.PutOut, site.Provider, site.Room, given.Replaced, given.At, putOutAt)
                )
                : room.Chores;
        return room with { Links = links, Sessions = sessions, Chores = chores };
    }

    private static int Newest(RoomLinks links) => Math.Max(links.Before, Math.Max(links.User, links.Performer));

    private static Room Attend(Room room, RoomAttended attended)
    {
        var known =
            room.Sessions.GetValueOrDefault(attended.SessionId)
            ?? new RoomSession(attended.PersonId, attended.Guest, null, null);
        var session =
            attended.Kind == RoomEventKind.Joined
                ? known with
                {
                    JoinedAt = attended.HappenedAt,
                }
                : known with
                {
                    LeftAt = attended.HappenedAt,
                };
        return room with { Sessions = room.Sessions.SetItem(attended.SessionId, session) };
    }

    /// <summary>What was made, or may have been, goes; nothing else is to be done there any more.</summary>
    private static Room Leave(Room room, DateTimeOffset at)
    {
        var chores = room.Chores.RemoveAll(static chore => chore.Kind != RoomChoreKind.Delete);
        var tried = room.Chores.Find(static chore => chore is { Kind: RoomChoreKind.Make, Tries: > 0 });
        if (tried is not null)
        {
            // Not before the provider can no longer be at making it.
            chores = chores.Add(ToDelete(tried.Provider, tried.Room, tried.Due > at ? tried.Due : at));
        }
        if (room.Site is { } site)
        {
            chores = chores.Add(ToDelete(site.Provider, site.Room, at));
        }
        return room with { Site = null, Chores = chores };
    }

    private static Room Without(Room room, RoomChoreKind kind, string name, string? guest) =>
        room with
        {
            Chores = room.Chores.RemoveAll(chore => chore.Is(kind, name, guest)),
        };

    private static RoomChore ToDelete(string provider, string room, DateTimeOffset at) =>
        NewChore(RoomChoreKind.Delete, provider, room, null, at, at);

    private static RoomChore NewChore(
        RoomChoreKind kind,
        string provider,
        string room,
        string? guest,
        DateTimeOffset since,
        DateTimeOffset due
    ) => new(kind, provider, room, guest, Tries: 0, since, due);
}
