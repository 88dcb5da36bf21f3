using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Ledger;

/// <summary>
/// From what stands for something, such as a fingerprint, to a number: the version of the event about it, or how many there
/// are. Immutable, and 16 bytes an entry in few objects, since an account keeps a month of idempotency keys in it.
/// </summary>
/// <remarks>
/// Sorted pages, newest last; an addition copies the last one, which is small. Neighbours of like size are merged, so
/// that there are few to look into, but never past <see cref="LargestPage"/>, so that whole pages grow old and are dropped.
/// </remarks>
[JsonConverter(typeof(NumberMapJson))]
public sealed class NumberMap
{
    public static readonly NumberMap Empty = new([]);

    internal const int SmallestPage = 16;
    internal const int LargestPage = 4096;

    internal NumberMap(ImmutableArray<NumberPage> pages) => Pages = pages;

    internal ImmutableArray<NumberPage> Pages { get; }

    public int Count => Pages.Sum(static page => page.Count);

    public bool TryGet(ulong key, out long number)
    {
        for (var index = Pages.Length - 1; index >= 0; index--)
        {
            if (Pages[index].TryGet(key, out number))
            {
                return true;
            }
        }
        number = 0;
        return false;
    }

    /// <summary>Adds an entry; one of the same key counts no longer.</summary>
    public NumberMap With(ulong key, long number, DateTimeOffset at)
    {
        var entry = new NumberPage.Entry(key, number);
        if (Pages.IsEmpty || Pages[^1].Count >= SmallestPage)
        {
            return new NumberMap(Merged(Pages).Add(NumberPage.Of(entry, at)));
        }
        return new NumberMap(Pages.SetItem(Pages.Length - 1, Pages[^1].With(entry, at)));
    }

    /// <summary>Drops what is wholly older; what shares a page with something newer stays a while.</summary>
    public NumberMap ForgetBefore(DateTimeOffset time)
    {
        var old = 0;
        while (old < Pages.Length && Pages[old].NewestAt < time)
        {
            old++;
        }
        return old == 0 ? this : new NumberMap(Pages.RemoveRange(0, old));
    }

    private static ImmutableArray<NumberPage> Merged(ImmutableArray<NumberPage> pages)
    {
        while (
            pages is [.., var older, var newer]
            && older.Count <= newer.Count
            && older.Count + newer.Count <= LargestPage
        )
        {
            pages = pages.RemoveRange(pages.Length - 2, 2).Add(older.MergedWith(newer));
        }
        return pages;
    }
}
