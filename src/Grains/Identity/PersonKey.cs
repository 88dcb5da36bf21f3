using System.Diagnostics.CodeAnalysis;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Identity;

/// <summary>
/// The one key of a person. What she says outside of conversations is sealed with it wherever it is written down, so that it is
/// unreadable everywhere once she is erased. Who passes such words on passes them on sealed; who shows them opens them.
/// </summary>
public static class PersonKey
{
    private const string Place = "words";

    public static string NameOf(string personId) => $"profile:{personId}";

    /// <summary>Null once it is destroyed.</summary>
    /// <exception cref="StorageAwayException">The keys did not answer.</exception>
    public static ValueTask<SealingKey?> OpenOfAsync(this IErasableKeys keys, string personId)
    {
        var opening = keys.OpenAsync(NameOf(personId));
        return opening.IsCompletedSuccessfully ? opening : WaitAsync();

        async ValueTask<SealingKey?> WaitAsync()
        {
            try
            {
                return await opening;
            }
            catch (Exception fault) when (StorageFaults.IsFailedRead(fault))
            {
                throw new StorageAwayException();
            }
        }
    }

    [return: NotNullIfNotNull(nameof(text))]
    public static string? SealWords(this SealingKey key, string? text) => text is null ? null : key.Seal(text, Place);

    /// <summary>Null when they were erased. Older versions wrote words as they were typed.</summary>
    /// <param name="key">Null once it is destroyed.</param>
    public static string? OpenWords(this SealingKey? key, string? words) =>
        words is null || !SealingKey.IsSealed(words) ? words : key?.Open(words, Place);

    /// <summary>The same for words of whomever.</summary>
    public static ValueTask<string?> OpenWordsOfAsync(this IErasableKeys keys, string personId, string? words)
    {
        return words is null || !SealingKey.IsSealed(words) ? new(words) : OpenAsync();

        async ValueTask<string?> OpenAsync() => (await keys.OpenOfAsync(personId)).OpenWords(words);
    }

    public static Actor SealOrigin(this SealingKey key, Actor actor) =>
        actor with
        {
            Address = key.SealWords(actor.Address),
            UserAgent = key.SealWords(actor.UserAgent),
        };

    public static Actor OpenOrigin(this SealingKey? key, Actor actor) =>
        actor with
        {
            Address = key.OpenWords(actor.Address),
            UserAgent = key.OpenWords(actor.UserAgent),
        };
}
