namespace Actors.Grains.Sealing;

/// <summary>A record and whose it is.</summary>
internal sealed record StoredKey(KeyId Id, byte[] Record);

/// <summary>Where records of keys lie.</summary>
internal interface IKeyStore
{
    /// <summary>The record of this id; what is made is put there first when there is none. Durable either way.</summary>
    ValueTask<byte[]> FindOrAddAsync(KeyId id, Func<byte[]> make);

    /// <summary>Leaves a tombstone and no copy of what was there, durably.</summary>
    Task DestroyAsync(KeyId id);

    /// <summary>All that are there now, in no order; for tools.</summary>
    IAsyncEnumerable<StoredKey> ListAsync();

    /// <summary>How messages name a record.</summary>
    string PlaceOf(KeyId id);
}
