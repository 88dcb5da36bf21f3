using Actors.GrainInterfaces.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Bookings;

/// <summary>
/// What users write is sealed with the key of their profile, so that it goes when they are erased. What performers and admins
/// write in their office stays.
/// </summary>
internal sealed class BookingTexts(IErasableKeys keys)
{
    /// <summary>Null for nothing, and for what somebody wrote who was erased meanwhile.</summary>
    public async ValueTask<WrittenText?> SealAsync(string bookingId, Actor writer, string? text)
    {
        if (text is null)
        {
            return null;
        }
        if (writer.Role != ActorRole.User)
        {
            return new WrittenText(text, null);
        }
        return await keys.OpenAsync(KeyOf(writer.Id)) is { } key
            ? new WrittenText(key.Seal(text, PlaceOf(bookingId)), writer.Id)
            : null;
    }

    public async ValueTask<string?> OpenAsync(string bookingId, WrittenText? text) =>
        text is not { SealedFor: { } userId } ? text?.Text
        : await keys.OpenAsync(KeyOf(userId)) is { } key ? key.Open(text.Text, PlaceOf(bookingId))
        : null;

    private static string KeyOf(string userId) => $"profile:{userId}";

    private static string PlaceOf(string bookingId) => $"booking {bookingId}";
}
