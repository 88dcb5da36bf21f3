namespace Actors.Grains.Ledger;

/// <summary>Some entries of a <see cref="VersionMap"/>, sorted by key.</summary>
internal sealed class VersionPage(ulong[] keys, long[] versions, DateTimeOffset newestAt)
{
    public int Count => keys.Length;

    public ReadOnlySpan<ulong> Keys => keys;

    public ReadOnlySpan<long> Versions => versions;

    /// <summary>When the newest of its entries was added.</summary>
    public DateTimeOffset NewestAt { get; } = newestAt;

    public static VersionPage Of(ulong key, long version, DateTimeOffset at) => new([key], [version], at);

    public bool TryGet(ulong key, out long version)
    {
        var place = Array.BinarySearch(keys, key);
        version = place < 0 ? 0 : versions[place];
        return place >= 0;
    }

    public VersionPage With(ulong key, long version, DateTimeOffset at)
    {
        var newest = at > NewestAt ? at : NewestAt;
        var place = Array.BinarySearch(keys, key);
        return place < 0
            ? new VersionPage(Inserted(keys, ~place, key), Inserted(versions, ~place, version), newest)
            : new VersionPage(keys, [.. versions[..place], version, .. versions[(place + 1)..]], newest);
    }

    /// <summary>Both in one; where they disagree <paramref name="newer"/> is right.</summary>
    public VersionPage MergedWith(VersionPage newer)
    {
        var (mine, theirs) = (0, 0);
        var (mergedKeys, mergedVersions) = (new List<ulong>(Count + newer.Count), new List<long>(Count + newer.Count));
        while (mine < Count || theirs < newer.Count)
        {
            var takeTheirs = mine == Count || (theirs < newer.Count && newer.Keys[theirs] <= keys[mine]);
            if (takeTheirs && mine < Count && newer.Keys[theirs] == keys[mine])
            {
                mine++;
            }
            mergedKeys.Add(takeTheirs ? newer.Keys[theirs] : keys[mine]);
            mergedVersions.Add(takeTheirs ? newer.Versions[theirs++] : versions[mine++]);
        }
        var newest = newer.NewestAt > NewestAt ? newer.NewestAt : NewestAt;
        return new VersionPage([.. mergedKeys], [.. mergedVersions], newest);
    }

    private static T[] Inserted<T>(T[] source, int place, T value)
    {
        var result = new T[source.Length + 1];
        Array.Copy(source, result, place);
        result[place] = value;
        Array.Copy(source, place, result, place + 1, source.Length - place);
        return result;
    }
}
