using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Sealing;

/// <summary>Keys of persons in memory, each made when it is asked for.</summary>
internal sealed class PersonsKeys : IErasableKeys
{
    private readonly Dictionary<string, SealingKey?> _keys = [];

    /// <summary>Whether they do not answer.</summary>
    public bool IsAway { get; set; }

    public ValueTask<SealingKey?> OpenAsync(string name)
    {
        if (IsAway)
        {
            return ValueTask.FromException<SealingKey?>(new IOException("away"));
        }
        if (!_keys.TryGetValue(name, out var key))
        {
            var bytes = new byte[SealingKey.Bytes];
            bytes[0] = (byte)(_keys.Count + 1);
            _keys[name] = key = new SealingKey(bytes);
        }
        return new(key);
    }

    public Task DestroyAsync(string name)
    {
        _keys[name] = null;
        return Task.CompletedTask;
    }

    public async Task<string> SealAsync(string person, string words) =>
        (await OpenAsync(PersonKey.NameOf(person)))!.SealWords(words);

    public Task EraseAsync(string person) => DestroyAsync(PersonKey.NameOf(person));
}
