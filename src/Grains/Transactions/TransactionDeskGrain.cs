using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Paging;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Ledger;
using Actors.Grains.Paging;
using Orleans.Concurrency;

namespace Actors.Grains.Transactions;

[Reentrant]
[StatelessWorker]
[GrainType("transaction-desk")]
public sealed class TransactionDeskGrain(IGrainContext context) : Grain(context), ITransactionDeskGrain
{
    private const int MostLooks = 16;
    private const int MostCounted = 500;

    public async Task<Outcome<TransactionPage>> List(ListTransactions query)
    {
        AccountId? account = null;
        if (query is { UserId: { } user, Address: null })
        {
            account = await GrainFactory.AccountOfAsync(user);
            if (account is null)
            {
                return IdentityRefusals.UserNotFound;
            }
        }
        var list = new RecordedTransactions(GrainFactory, query);
        var ledger = new LedgerTransactionList(GrainFactory, HasLedger(query) ? account : null, query.Type);
        var from = query.Cursor ?? PageCursor.Newest;
        ListSource<FoundTransaction> own = new(list.ReadAsync, HasRecorded(query) ? from.Own : 0);
        ListSource<FoundTransaction> moved = new(ledger.ReadAsync, ledger.IsEmpty ? 0 : from.Ledger);
        // Before the page, which then holds at least what is counted.
        var summary = await list.SummarizeAsync();
        var counted = query.Cursor is null ? await ledger.CountAsync(MostCounted) : (Count: 0, IsAll: false);
        var page = await NewestFirst.TakeAsync([own, moved], query.Offset, query.Limit, MostLooks);
        if (page.LeftToSkip > 0 && page.HasMore)
        {
            return TransactionRefusals.InvalidQuery(
                "So few of these are wanted that they cannot be skipped; go on by next."
            );
        }
        return new TransactionPage(
            await list.ResolveAsync(page.Items),
            summary,
            query.Cursor is null
                ? Math.Max(summary.Count(query.Type, query.Status) + counted.Count, page.Items.Count)
                : null,
            counted.IsAll,
            page.HasMore ? new PageCursor(own.Before, moved.Before) : null,
            account
        );
    }

    private static bool HasRecorded(ListTransactions query) =>
        query.Type is not { } type || LedgerTransactions.IsOnChain(type);

    /// <summary>What the ledger has moved is confirmed, and of no chain.</summary>
    private static bool HasLedger(ListTransactions query) =>
        query.Status is null or TransactionStatus.Confirmed
        && (query.Type is not { } type || !LedgerTransactions.IsOnChain(type));
}
