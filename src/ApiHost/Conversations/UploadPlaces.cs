using System.Collections.Concurrent;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Conversations;

/// <summary>Uploads are held in memory while they come in: so many at once, and no person may take all the places.</summary>
internal sealed class UploadPlaces(ConversationFiles files)
{
    private const int MostOfPerson = 2;

    private readonly ConcurrentDictionary<string, int> _byPerson = new();
    private int _taken;

    /// <summary>False when there is no place; else <see cref="Leave"/> must follow.</summary>
    public bool TryEnter(string personId)
    {
        if (Interlocked.Increment(ref _taken) > files.UploadsAtOnce)
        {
            Interlocked.Decrement(ref _taken);
            return false;
        }
        if (_byPerson.AddOrUpdate(personId, 1, static (_, count) => count + 1) <= MostOfPerson)
        {
            return true;
        }
        Leave(personId);
        return false;
    }

    public void Leave(string personId)
    {
        Interlocked.Decrement(ref _taken);
        if (_byPerson.AddOrUpdate(personId, 0, static (_, count) => count - 1) == 0)
        {
            // Only as long as nobody has come meanwhile.
            _byPerson.TryRemove(new KeyValuePair<string, int>(personId, 0));
        }
    }
}
