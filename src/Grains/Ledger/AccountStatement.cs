using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Ledger;

/// <summary>Reads the statement of one account out of its stream: there is no second copy that could differ.</summary>
/// <param name="backward">Events before a version, newest first.</param>
/// <param name="forward">Events from a version on, oldest first.</param>
/// <param name="timeOf">When an event happened: never before the one before it.</param>
/// <param name="movementsOf">The movements of one event, which may be none.</param>
internal sealed class AccountStatement<TEvent>(
    Func<long, int, Task<IReadOnlyList<(long Version, TEvent Event)>>> backward,
    Func<long, int, Task<IReadOnlyList<(long Version, TEvent Event)>>> forward,
    Func<TEvent, DateTimeOffset> timeOf,
    Func<TEvent, long, IEnumerable<Movement>> movementsOf
)
{
    private const int ReadAtLeast = 32;

    /// <summary>Events that are looked at for one page, however few of them are wanted.</summary>
    private const int MostRead = 5_000;

    /// <summary>Newest first: movements whose number is below <paramref name="before"/>, at most <paramref name="limit"/>.</summary>
    /// <param name="newest">The newest event there is.</param>
    public async Task<StatementPage> BeforeAsync(long? before, int limit, StatementFilter filter, long newest)
    {
        if (filter.Until is { } until)
        {
            newest = await VersionAtAsync(until - TimeSpan.FromTicks(1), newest);
        }
        var below = Math.Min(before ?? long.MaxValue, (newest + 1) * Movement.PartsPerEvent);
        var page = new List<Movement>();
        // The event that the number itself lies in may have a part below it.
        var beforeEvent = ((below - 1) / Movement.PartsPerEvent) + 1;
        var endEvent = Math.Max(1, beforeEvent - MostRead);
        while (beforeEvent > endEvent && page.Count <= limit)
        {
            foreach (var (version, @event) in await backward(beforeEvent, Math.Max(limit, ReadAtLeast)))
            {
                if (timeOf(@event) < filter.From)
                {
                    return Page(page, limit, null);
                }
                beforeEvent = version;
                page.AddRange(movementsOf(@event, version).Reverse().Where(IsWanted));
            }
        }
        return Page(page, limit, beforeEvent > 1 ? beforeEvent * Movement.PartsPerEvent : null);

        bool IsWanted(Movement movement) =>
            movement.Number < below && (filter.Kinds is null || filter.Kinds.Contains(movement.Kind));
    }

    /// <summary>
    /// Oldest first: movements whose number is above <paramref name="after"/>, at most <paramref name="limit"/> and one that
    /// belongs to the last: who follows an account counts in events.
    /// </summary>
    /// <param name="newest">The newest event there is.</param>
    public async Task<StatementPage> SinceAsync(long after, int limit, long newest)
    {
        var page = new List<Movement>();
        // The event that the number itself lies in may have a part above it.
        var fromEvent = Math.Max(1, after / Movement.PartsPerEvent);
        // Two more than asked for: one that may belong to the last, and one that shows that there is more.
        while (fromEvent <= newest && page.Count <= limit + 1)
        {
            foreach (var (version, @event) in await forward(fromEvent, Math.Max(limit, ReadAtLeast)))
            {
                fromEvent = version + 1;
                page.AddRange(movementsOf(@event, version).Where(movement => movement.Number > after));
            }
        }
        var isTorn = page.Count > limit && page[limit].Position == page[limit - 1].Position;
        return Page(page, isTorn ? limit + 1 : limit, null);
    }

    /// <summary>One more than asked for was looked for: so the last page knows that it is the last.</summary>
    /// <param name="looked">Where to go on when fewer were found in all that may be looked at for one page.</param>
    private static StatementPage Page(List<Movement> found, int limit, long? looked) =>
        found.Count > limit
            ? new StatementPage([.. found.Take(limit)], found[limit - 1].Number)
            : new StatementPage(found, looked);

    /// <summary>The newest event that happened at or before <paramref name="time"/>; null when there is none.</summary>
    public async Task<TEvent?> AtAsync(DateTimeOffset time, long newest)
    {
        var version = await VersionAtAsync(time, newest);
        return version == 0 ? default : (await backward(version + 1, 1))[0].Event;
    }

    /// <summary>Its number, or 0: time goes forward in a stream, so that it is found by halves.</summary>
    private async Task<long> VersionAtAsync(DateTimeOffset time, long newest)
    {
        var (low, high) = (1L, newest);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) =
                timeOf((await backward(middle + 1, 1))[0].Event) <= time ? (middle + 1, high) : (low, middle - 1);
        }
        return high;
    }
}
