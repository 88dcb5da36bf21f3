namespace Actors.Grains.Ledger;

/// <summary>Some entries of a <see cref="NumberMap"/>, sorted by key.</summary>
internal sealed class NumberPage(NumberPage.Entry[] entries, DateTimeOffset newestAt)
{
    public int Count => entries.Length;

    public ReadOnlySpan<Entry> Entries => entries;

    /// <summary>When the newest of its entries was added.</summary>
    public DateTimeOffset NewestAt { get; } = newestAt;

    public static NumberPage Of(Entry entry, DateTimeOffset at) => new([entry], at);

    public bool TryGet(ulong key, out long number)
    {
        var place = PlaceOf(key);
        var isThere = place < entries.Length && entries[place].Key == key;
        number = isThere ? entries[place].Number : 0;
        return isThere;
    }

    public NumberPage With(Entry entry, DateTimeOffset at)
    {
        var place = PlaceOf(entry.Key);
        var isThere = place < entries.Length && entries[place].Key == entry.Key;
        var result = new Entry[isThere ? entries.Length : entries.Length + 1];
        Array.Copy(entries, result, place);
        result[place] = entry;
        var rest = isThere ? place + 1 : place;
        Array.Copy(entries, rest, result, place + 1, entries.Length - rest);
        return new NumberPage(result, at > NewestAt ? at : NewestAt);
    }

    /// <summary>Both in one; where they disagree <paramref name="newer"/> is right.</summary>
    public NumberPage MergedWith(NumberPage newer)
    {
        var merged = new Entry[Count + newer.Count];
        var (mine, theirs, count) = (0, 0, 0);
        while (mine < Count || theirs < newer.Count)
        {
            var takeTheirs = mine == Count || (theirs < newer.Count && newer.Entries[theirs].Key <= entries[mine].Key);
            if (takeTheirs && mine < Count && newer.Entries[theirs].Key == entries[mine].Key)
            {
                mine++;
            }
            merged[count++] = takeTheirs ? newer.Entries[theirs++] : entries[mine++];
        }
        Array.Resize(ref merged, count);
        return new NumberPage(merged, newer.NewestAt > NewestAt ? newer.NewestAt : NewestAt);
    }

    /// <summary>Where the key is or belongs.</summary>
    private int PlaceOf(ulong key)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = entries[middle].Key < key ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    internal readonly record struct Entry(ulong Key, long Number);
}
