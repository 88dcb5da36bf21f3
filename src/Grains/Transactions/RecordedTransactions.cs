using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Paging;

namespace Actors.Grains.Transactions;

/// <summary>
/// Transactions of one list. Only the transactions themselves know how they stand, so that the list can never say anything
/// else: those of a page are asked, and with a filter for it those that are looked at.
/// </summary>
internal sealed class RecordedTransactions(IGrainFactory grains, ListTransactions query)
{
    private const int LookedAtOnce = 100;

    private readonly ITransactionListGrain _list = grains.GetGrain<ITransactionListGrain>(KeyOf(query));

    public ValueTask<TransactionSummary> SummarizeAsync() => _list.Summarize();

    public async Task<(IReadOnlyList<ListItem<FoundTransaction>> Items, long? Next)> ReadAsync(long before)
    {
        var page = await _list.Before(before, LookedAtOnce, query.Type);
        var views = query.Status is null
            ? new TransactionView?[page.Entries.Count]
            : await Task.WhenAll(page.Entries.Select(entry => FindAsync(entry.Hash)));
        return (
            [
                .. page
                    .Entries.Zip(views)
                    .Where(entry => entry.Second?.Status == query.Status)
                    .Select(static entry => new ListItem<FoundTransaction>(
                        entry.First.Position,
                        entry.First.Timestamp,
                        new FoundTransaction(entry.First.Hash, entry.Second, null)
                    )),
            ],
            page.Next
        );
    }

    /// <summary>Asks those that have not been asked yet.</summary>
    public async Task<IReadOnlyList<TransactionItem>> ResolveAsync(IReadOnlyList<FoundTransaction> found) =>
        await Task.WhenAll(found.Select(ResolveAsync));

    private async Task<TransactionItem> ResolveAsync(FoundTransaction found) =>
        new(found is { OnChain: null, Hash: { } hash } ? await FindAsync(hash) : found.OnChain, found.InLedger);

    private Task<TransactionView?> FindAsync(TransactionHash hash) =>
        grains.GetGrain<ITransactionGrain>(hash.Value).Find().AsTask();

    private static string KeyOf(ListTransactions query) =>
        query switch
        {
            { UserId: { } user, Address: { } address } => TransactionLists.OfUserAndAddress(user, address),
            { UserId: { } user } => TransactionLists.OfUser(user),
            { Address: { } address } => TransactionLists.OfAddress(address),
            _ => throw new ArgumentException("Neither a person nor an address is named.", nameof(query)),
        };
}

/// <param name="OnChain">Null while it has not been asked.</param>
internal sealed record FoundTransaction(TransactionHash? Hash, TransactionView? OnChain, Movement? InLedger);
