using System.Collections.Immutable;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Queues;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A queue after some of its events.</summary>
/// <param name="Entries">What is not finished, in the order in which it came in.</param>
internal sealed record ExpectedQueue(bool Paused, ImmutableList<QueuedEntry> Entries)
{
    public static readonly ExpectedQueue Empty = new(false, []);

    /// <summary>What was started is first, in that order; then whoever has the lower ticket.</summary>
    public IEnumerable<QueuedEntry> InOrder =>
        Entries
            .OrderBy(static entry => entry.StartedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(static entry => entry.StartedAt is null ? entry.Ticket : 0);

    public QueuedEntry? Find(PurchaseId id) => Entries.FirstOrDefault(entry => entry.PurchaseId == id);

    public ExpectedQueue After(QueueEvent @event) =>
        @event switch
        {
            EntryQueued e => this with { Entries = Entries.Add(e.Entry) },
            EntryStarted e => this with { Entries = Without(e.Entry.PurchaseId).Add(e.Entry) },
            EntryEnded e => this with { Entries = Without(e.Entry.PurchaseId) },
            QueuePaused => this with { Paused = true },
            QueueResumed => this with { Paused = false },
            _ => this,
        };

    private ImmutableList<QueuedEntry> Without(PurchaseId id) => Entries.RemoveAll(entry => entry.PurchaseId == id);
}
