using System.Collections.Immutable;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;

namespace Actors.Grains.Queues;

/// <summary>The queue as callers see it: positions and waits are worked out when they ask, and so are never old.</summary>
public static class QueueViews
{
    public static QueueView Of(
        string modelId,
        PerformanceQueue queue,
        string? userId,
        DateTimeOffset now,
        QueueOptions options
    )
    {
        var current = QueueRules.At(queue, now);
        return new QueueView(
            modelId,
            current.Paused,
            current.Entries.Length,
            Entries(current, entry => userId is null || entry.UserId == userId, now, options),
            current.Version
        );
    }

    public static QueueEntry? Entry(PerformanceQueue queue, PurchaseId id, DateTimeOffset now, QueueOptions options) =>
        Entries(QueueRules.At(queue, now), entry => entry.PurchaseId == id, now, options).FirstOrDefault();

    /// <summary>A place after everything that is there and everything that is reserved.</summary>
    public static QueuePlace Place(
        PerformanceQueue queue,
        IReadOnlyCollection<Reservation> reserved,
        Reservation own,
        DateTimeOffset now,
        QueueOptions options
    )
    {
        var current = QueueRules.At(queue, now);
        var wait = current.Entries.Aggregate(
            default(WaitEstimate),
            (ahead, entry) => ahead.Then(Expected(current, entry, now, options))
        );
        wait = reserved
            .Append(own)
            .Aggregate(wait, (ahead, place) => ahead.Then(Expected(current, place.ItemId, options)));
        var position = current.Entries.Length + reserved.Count + 1;
        return new QueuePlace(own.Ticket, position, wait.Minutes, wait.MinutesAtMost);
    }

    private static ImmutableArray<QueueEntry> Entries(
        PerformanceQueue queue,
        Func<QueuedEntry, bool> isWanted,
        DateTimeOffset now,
        QueueOptions options
    )
    {
        var views = ImmutableArray.CreateBuilder<QueueEntry>();
        var (wait, position) = (default(WaitEstimate), 0);
        foreach (var entry in queue.Entries)
        {
            wait = wait.Then(Expected(queue, entry, now, options));
            position++;
            if (isWanted(entry))
            {
                views.Add(Entry(entry, position, wait));
            }
        }
        return views.ToImmutable();
    }

    private static QueueEntry Entry(QueuedEntry entry, int position, WaitEstimate wait) =>
        new(
            entry.PurchaseId,
            entry.UserId,
            entry.ItemId,
            entry.ItemName,
            entry.Tokens,
            entry.StartedAt is null ? EntryStatus.Waiting : EntryStatus.Started,
            position,
            wait.Minutes,
            wait.MinutesAtMost,
            entry.QueuedAt,
            entry.StartedAt,
            entry.ExpiresAt
        );

    private static ExpectedDuration Expected(
        PerformanceQueue queue,
        QueuedEntry entry,
        DateTimeOffset now,
        QueueOptions options
    )
    {
        var whole = Expected(queue, entry.ItemId, options);
        return entry.StartedAt is { } startedAt ? whole.After(now - startedAt) : whole;
    }

    private static ExpectedDuration Expected(PerformanceQueue queue, string itemId, QueueOptions options) =>
        queue.Learned.Of(itemId)
        ?? new ExpectedDuration(
            TimeSpan.FromMinutes(options.UsualMinutes),
            TimeSpan.FromMinutes(options.UsualMinutesAtMost)
        );
}
