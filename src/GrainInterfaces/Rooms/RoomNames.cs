using System.Globalization;

namespace Actors.GrainInterfaces.Rooms;

/// <summary>
/// What rooms and the people in them are called with a provider: by the booking and the side, so that it learns no name and
/// no id of a person.
/// </summary>
public static class RoomNames
{
    private const int LongestName = 100;

    /// <param name="arrangement">Each time that a call moves it gets another room.</param>
    public static string Of(string bookingId, int arrangement) =>
        string.Create(CultureInfo.InvariantCulture, $"{bookingId}-{arrangement}");

    /// <summary>Null for what is none of our rooms.</summary>
    public static string? BookingOf(string? room) =>
        room is { Length: <= LongestName }
        && room.LastIndexOf('-') is > 0 and var end
        && room.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? room[..end]
            : null;
}
