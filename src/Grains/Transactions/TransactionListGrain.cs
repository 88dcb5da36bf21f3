using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Durability;

namespace Actors.Grains.Transactions;

[GrainType("transaction-list")]
public sealed class TransactionListGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<TransactionTally, TransactionListEvent>(context, services, Definition),
        ITransactionListGrain
{
    private const int ReadAtLeast = 32;

    /// <summary>Events that are looked at for one page, however few of them are wanted.</summary>
    private const int MostRead = 2_000;

    private static readonly Aggregate<TransactionTally, TransactionListEvent> Definition = new()
    {
        Initial = TransactionTally.Empty,
        Evolve = TransactionListRules.Evolve,
        EventJson = TransactionJson.Default.TransactionListEvent,
        StateJson = TransactionJson.Default.TransactionTally,
    };

    public Task Receive(Delivery delivery, TransactionChange change) =>
        CommitOnce(delivery, () => TransactionListRules.Decide(change));

    public ValueTask<TransactionSummary> Summarize() => new(TransactionListRules.Summarize(Durable));

    public async Task<TransactionEntries> Before(long? before, int limit, TransactionType? type)
    {
        var position = Math.Min(before ?? long.MaxValue, DurableVersion + 1);
        var end = Math.Max(1, position - MostRead);
        List<TransactionEntry> found = [];
        while (position > end && found.Count < limit)
        {
            foreach (var (version, @event) in await ReadBackwardAsync(position, Math.Max(limit, ReadAtLeast)))
            {
                position = version;
                if (@event is TransactionListed { Change: var change } && (type ?? change.Type) == change.Type)
                {
                    found.Add(new TransactionEntry(version, change.Hash, change.Timestamp));
                    if (found.Count == limit)
                    {
                        break;
                    }
                }
            }
        }
        return new TransactionEntries(found, position > 1 ? position : null);
    }
}
