namespace Actors.Grains.Sealing;

/// <summary>Keys as records of a store, wrapped with the journal's key, and remembered for a moment.</summary>
internal sealed class ErasableKeys(IKeyStore store, KeyWrap wrap, TimeProvider time) : IErasableKeys
{
    private readonly KeyCache _cache = new(time);

    public ValueTask<SealingKey?> OpenAsync(string name) =>
        _cache.TryFind(name, out var key) ? new(key) : new(LoadAsync(name, KeyId.Of(name)));

    public async Task DestroyAsync(string name)
    {
        try
        {
            await store.DestroyAsync(KeyId.Of(name));
        }
        finally
        {
            // Also after a failure: it may have happened all the same.
            _cache.Forget(name);
        }
    }

    private async Task<SealingKey?> LoadAsync(string name, KeyId id)
    {
        var stamp = _cache.Stamp();
        var record = await store.FindOrAddAsync(id, () => wrap.Make(id));
        var key = wrap.Unwrap(id, record, store.PlaceOf(id)) is { } bytes ? new SealingKey(bytes) : null;
        _cache.Keep(name, key, stamp);
        return key;
    }
}
