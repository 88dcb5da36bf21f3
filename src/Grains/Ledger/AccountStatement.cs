using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Ledger;

/// <summary>Reads the statement of one account out of its stream: there is no second copy that could differ.</summary>
/// <param name="backward">Events before a version, newest first.</param>
/// <param name="forward">Events from a version on, oldest first.</param>
/// <param name="movementsOf">The movements of one event, which may be none.</param>
internal sealed class AccountStatement<TEvent>(
    Func<long, int, Task<IReadOnlyList<(long Version, TEvent Event)>>> backward,
    Func<long, int, Task<IReadOnlyList<(long Version, TEvent Event)>>> forward,
    Func<TEvent, long, IEnumerable<Movement>> movementsOf
)
{
    private const int ReadAtLeast = 32;

    /// <summary>Newest first. An event is never torn, so a page may have one movement more than asked for.</summary>
    public async Task<StatementPage> BeforeAsync(long before, int limit)
    {
        var movements = new List<Movement>();
        while (before > 1 && movements.Count < limit)
        {
            foreach (var (version, @event) in await backward(before, Math.Max(limit, ReadAtLeast)))
            {
                before = version;
                movements.AddRange(movementsOf(@event, version).Reverse());
                if (movements.Count >= limit)
                {
                    break;
                }
            }
        }
        return new StatementPage(movements, before > 1 ? before : null);
    }

    /// <summary>Oldest first.</summary>
    /// <param name="newest">The newest event there is.</param>
    public async Task<StatementPage> SinceAsync(long after, int limit, long newest)
    {
        var movements = new List<Movement>();
        while (after < newest && movements.Count < limit)
        {
            foreach (var (version, @event) in await forward(after + 1, Math.Max(limit, ReadAtLeast)))
            {
                after = version;
                movements.AddRange(movementsOf(@event, version));
                if (movements.Count >= limit)
                {
                    break;
                }
            }
        }
        return new StatementPage(movements, after < newest ? after : null);
    }

    /// <summary>The newest event that happened at or before <paramref name="time"/>; null when there is none.</summary>
    public async Task<TEvent?> AtAsync(DateTimeOffset time, long newest, Func<TEvent, DateTimeOffset> timeOf)
    {
        var (found, low, high) = (default(TEvent), 1L, newest);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var @event = (await backward(middle + 1, 1))[0].Event;
            if (timeOf(@event) <= time)
            {
                (found, low) = (@event, middle + 1);
            }
            else
            {
                high = middle - 1;
            }
        }
        return found;
    }
}
