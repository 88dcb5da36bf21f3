namespace Actors.Grains.Rooms;

/// <summary>An adapter to whatever lets people see and hear each other. Nothing here throws: whatever happens is an answer.</summary>
public interface IRoomProvider
{
    /// <summary>A stable name; rooms remember whose they are.</summary>
    string Name { get; }

    /// <summary>Whether it can be asked who is inside.</summary>
    bool KnowsWhoIsInside { get; }

    /// <summary>Makes the room; the one that is there already is as good.</summary>
    Task<RoomAnswer<string>> MakeAsync(RoomPlan plan);

    /// <summary>An address that lets one person in.</summary>
    Task<RoomAnswer<string>> AdmitAsync(RoomPass pass);

    /// <summary>Ends whatever somebody has opened with an earlier link, and the link itself.</summary>
    Task<RoomAnswer<Nothing>> PutOutAsync(string room, string guest);

    Task<RoomAnswer<IReadOnlyList<RoomGuestSeen>>> LookAsync(string room);

    /// <summary>Puts out whoever is inside; done only when the provider says that there is no such room any more.</summary>
    Task<RoomAnswer<Nothing>> DeleteAsync(string room);
}

/// <param name="Opens">Nobody gets in before.</param>
/// <param name="Closes">Nobody stays beyond.</param>
public sealed record RoomPlan(string Room, DateTimeOffset Opens, DateTimeOffset Closes, bool WithVideo);

/// <param name="Address">What the provider called the room's address when it made it.</param>
/// <param name="Guest">Whom the provider will call so.</param>
/// <param name="Key">The room's own secret.</param>
public sealed record RoomPass(
    string BookingId,
    string Room,
    string Address,
    string Guest,
    string Key,
    DateTimeOffset Opens,
    DateTimeOffset Closes
)
{
    /// <summary>Leaves the key out, so that logging cannot leak it.</summary>
    public override string ToString() => $"{nameof(RoomPass)} {Room} {Guest}";
}

public sealed record RoomGuestSeen(string Guest, string SessionId, DateTimeOffset Since);

/// <param name="Failure">Why there is no value, for the log; null when there is one.</param>
public readonly record struct RoomAnswer<T>(T? Value, string? Failure)
{
    public static implicit operator RoomAnswer<T>(T value) => new(value, null);

    public static RoomAnswer<T> Failed(string failure) => new(default, failure);
}

public sealed record Nothing
{
    public static readonly Nothing More = new();
}
