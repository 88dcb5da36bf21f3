namespace Actors.Grains.Paging;

/// <summary>Puts lists that are each read newest first together into one: the newer of their heads comes first.</summary>
/// <remarks>
/// What comes first depends on the lists alone, which only grow at their newest end. So the numbers at which a page has
/// ended mean the same for ever, whatever has been added since.
/// </remarks>
internal static class NewestFirst
{
    /// <param name="sources">Of two heads with the same time that of the first comes first.</param>
    /// <param name="mostLooks">Pages of sources that are read in all, however few of their entries are wanted.</param>
    public static async Task<MergedPage<T>> TakeAsync<T>(
        IReadOnlyList<ListSource<T>> sources,
        int skip,
        int limit,
        int mostLooks
    )
    {
        List<T> items = [];
        for (var looks = mostLooks; ; )
        {
            ListSource<T>? newest = null;
            foreach (var source in sources)
            {
                while (source.MustLook)
                {
                    if (looks-- == 0)
                    {
                        return new MergedPage<T>(items, HasMore: true, skip);
                    }
                    await source.LookAsync();
                }
                if (source.HeadAt is { } at && (newest is null || newest.HeadAt < at))
                {
                    newest = source;
                }
            }
            if (newest is null || items.Count == limit)
            {
                return new MergedPage<T>(items, newest is not null, skip);
            }
            var item = newest.Take();
            if (skip > 0)
            {
                skip--;
            }
            else
            {
                items.Add(item);
            }
        }
    }
}

/// <param name="HasMore">Whether there is more, or may be.</param>
/// <param name="LeftToSkip">Above 0 when so much was to be skipped that it was not reached.</param>
internal sealed record MergedPage<T>(IReadOnlyList<T> Items, bool HasMore, int LeftToSkip);

/// <summary>One list, read a page at a time.</summary>
/// <param name="read">Entries below a number, newest first, and the number to go on from; null when there are no more.</param>
/// <param name="before">Where to begin; 0 when all of it was shown.</param>
internal sealed class ListSource<T>(Func<long, Task<(IReadOnlyList<ListItem<T>> Items, long? Next)>> read, long before)
{
    private readonly Queue<ListItem<T>> _ready = new();
    private long _readBelow = before;

    public bool MustLook => _ready.Count == 0 && _readBelow > 0;

    public DateTimeOffset? HeadAt => _ready.TryPeek(out var head) ? head.At : null;

    /// <summary>What is below has not been taken; 0 when everything has.</summary>
    public long Before => _ready.TryPeek(out var head) ? head.Number + 1 : _readBelow;

    public async Task LookAsync()
    {
        var (items, next) = await read(_readBelow);
        foreach (var item in items)
        {
            _ready.Enqueue(item);
        }
        _readBelow = next ?? 0;
    }

    public T Take() => _ready.Dequeue().Value;
}

internal readonly record struct ListItem<T>(long Number, DateTimeOffset At, T Value);
