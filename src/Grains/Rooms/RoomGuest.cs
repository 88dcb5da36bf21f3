using System.Globalization;

namespace Actors.Grains.Rooms;

/// <summary>One side of a call with one of her links, such as <c>user-2</c>: what providers call people.</summary>
public static class RoomGuest
{
    private const string User = "user";
    private const string Performer = "performer";

    public static string Of(bool isUser, int link) =>
        string.Create(CultureInfo.InvariantCulture, $"{(isUser ? User : Performer)}-{link}");

    public static bool IsUser(string guest) => guest.StartsWith(User + "-", StringComparison.Ordinal);

    /// <summary>0 for what names none.</summary>
    public static int NumberOf(string guest) =>
        int.TryParse(
            guest.AsSpan(guest.LastIndexOf('-') + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    /// <summary>Null for somebody whom we have not let in.</summary>
    public static string? PersonOf(RoomCall call, string guest) =>
        IsUser(guest) ? call.UserId
        : guest.StartsWith(Performer + "-", StringComparison.Ordinal) ? call.PerformerId
        : null;

    /// <summary>The newest link of a side; null while it has none to where the call is now.</summary>
    public static string? NewestOf(Room room, bool isUser)
    {
        var link = isUser ? room.Links.User : room.Links.Performer;
        return link > room.Links.Before ? Of(isUser, link) : null;
    }
}
