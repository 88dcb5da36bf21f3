using System.Globalization;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Durability;

namespace Actors.Grains.Ledger;

[GrainType("account-directory")]
public sealed class AccountDirectoryGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<AccountIndex, AccountDirectoryEvent>(context, services, Definition),
        IAccountDirectoryGrain
{
    private static readonly Aggregate<AccountIndex, AccountDirectoryEvent> Definition = new()
    {
        Initial = AccountIndex.Empty,
        Evolve = AccountIndex.Evolve,
        EventJson = LedgerJson.Default.AccountDirectoryEvent,
        StateJson = LedgerJson.Default.AccountIndex,
    };

    private int Shard => int.Parse(Key, CultureInfo.InvariantCulture);

    public async Task<long> Open(AccountId account)
    {
        await (AccountIndex.Decide(Current, account, Now) is { } opened ? Commit(opened) : WhenDurable());
        return AccountNumber.Of(Shard, Durable.Places[account]);
    }

    public Task<AccountId?> Resolve(long number) => Task.FromResult(Durable.At(AccountNumber.PlaceOf(number)));

    public async ValueTask<AccountList> List(int skip, int limit)
    {
        await ProveNewestAsync();
        return Durable.Page(skip, limit);
    }
}
