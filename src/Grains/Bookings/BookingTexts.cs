using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Bookings;

/// <summary>
/// What the two write is sealed with the key of whoever wrote it, so that it goes when she is erased. What admins write in
/// their office stays.
/// </summary>
internal sealed class BookingTexts(IErasableKeys keys)
{
    /// <summary>Null for nothing, and for what somebody wrote who was erased meanwhile.</summary>
    public async ValueTask<WrittenText?> SealAsync(Actor writer, string? text)
    {
        if (text is null || writer.Role is not (ActorRole.User or ActorRole.Model))
        {
            return text is null ? null : new WrittenText(text, null);
        }
        return await keys.OpenOfAsync(writer.Id) is { } key ? new WrittenText(key.SealWords(text), writer.Id) : null;
    }

    public async ValueTask<string?> OpenAsync(WrittenText? text) =>
        text is { SealedFor: { } person } ? await keys.OpenWordsOfAsync(person, text.Text) : text?.Text;
}
