using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Ledger;
using Actors.Grains.Paging;

namespace Actors.Grains.Transactions;

/// <summary>The movements of one account as transactions, read from its statement: there is no second copy.</summary>
/// <param name="account">Null when none of it is wanted.</param>
internal sealed class LedgerTransactionList(IGrainFactory grains, AccountId? account, TransactionType? type)
{
    private const int ReadAtOnce = 100;

    private readonly StatementFilter _filter = new(LedgerTransactions.KindsOf(type));

    public bool IsEmpty => account is null;

    public async Task<(IReadOnlyList<ListItem<FoundTransaction>> Items, long? Next)> ReadAsync(long before)
    {
        var page = await grains.StatementAsync(account!.Value, before, ReadAtOnce, _filter);
        return (
            [
                .. page.Movements.Select(static movement => new ListItem<FoundTransaction>(
                    movement.Number,
                    movement.At,
                    new FoundTransaction(null, null, movement)
                )),
            ],
            page.Next
        );
    }

    /// <summary>All of them, or as many as are counted at the most.</summary>
    public async Task<(int Count, bool IsAll)> CountAsync(int most)
    {
        if (account is not { } counted)
        {
            return (0, true);
        }
        var page = await grains.StatementAsync(counted, null, most, _filter);
        return (page.Movements.Count, page.Next is null);
    }
}
