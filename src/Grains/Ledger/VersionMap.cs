using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Ledger;

/// <summary>
/// Where in a stream something was written: from a number that stands for it to the version of the event. Immutable, and
/// 16 bytes an entry, since an account keeps a month of idempotency keys in it.
/// </summary>
/// <remarks>
/// Sorted pages, newest last; an addition copies the last one, which is small. Neighbours of like size are merged, so
/// that there are few to look into, but never past <see cref="LargestPage"/>, so that whole pages grow old and are dropped.
/// </remarks>
[JsonConverter(typeof(VersionMapJson))]
public sealed class VersionMap
{
    public static readonly VersionMap Empty = new([]);

    internal const int SmallestPage = 64;
    internal const int LargestPage = 4096;

    internal VersionMap(ImmutableArray<VersionPage> pages) => Pages = pages;

    internal ImmutableArray<VersionPage> Pages { get; }

    public int Count => Pages.Sum(static page => page.Count);

    public bool TryGet(ulong key, out long version)
    {
        for (var index = Pages.Length - 1; index >= 0; index--)
        {
            if (Pages[index].TryGet(key, out version))
            {
                return true;
            }
        }
        version = 0;
        return false;
    }

    /// <summary>Adds an entry; one of the same key counts no longer.</summary>
    public VersionMap With(ulong key, long version, DateTimeOffset at)
    {
        if (Pages.IsEmpty || Pages[^1].Count >= SmallestPage)
        {
            return new VersionMap(Merged(Pages).Add(VersionPage.Of(key, version, at)));
        }
        return new VersionMap(Pages.SetItem(Pages.Length - 1, Pages[^1].With(key, version, at)));
    }

    /// <summary>Drops what is wholly older; what shares a page with something newer stays a while.</summary>
    public VersionMap ForgetBefore(DateTimeOffset time)
    {
        var old = 0;
        while (old < Pages.Length && Pages[old].NewestAt < time)
        {
            old++;
        }
        return old == 0 ? this : new VersionMap(Pages.RemoveRange(0, old));
    }

    private static ImmutableArray<VersionPage> Merged(ImmutableArray<VersionPage> pages)
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
