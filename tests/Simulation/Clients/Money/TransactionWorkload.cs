using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Transactions that are recorded, often by two and not the same, and end, often in two ways.</summary>
internal sealed class TransactionWorkload : IWorkload
{
    private static readonly Actor Indexer = new(ActorRole.Service, "indexer");

    public int Weight => 4;

    public Task ActAsync(Seat seat)
    {
        var hash = Chains.Hash(seat.Chance.Between(1, Chains.Transactions));
        return seat.Chance.Below(10) switch
        {
            < 4 => RecordAsync(seat, hash),
            < 8 => SettleAsync(seat, hash),
            _ => ReadAsync(seat, hash),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= Chains.Transactions; number++)
        {
            await ReadAsync(seat, Chains.Hash(number));
        }
        foreach (var key in Chains.ListKeys(seat.Scenario.Users))
        {
            await seat.AskAsync(
                Chains.List(key),
                _ => new ReadTransactionList(),
                (grains, _) => ListAsync(grains, key)
            );
        }
    }

    private static Task<Operation> RecordAsync(Seat seat, TransactionHash hash)
    {
        var user = seat.AnyUser();
        var actor = new Actor(ActorRole.User, user);
        var record = new RecordTransaction(
            actor,
            seat.Chance.Pick(Chains.Addresses),
            Chains.Addresses[0],
            seat.Chance.OneIn(20) ? "0" : seat.Chance.Pick(["1", "0.25"]),
            "eth",
            seat.Chance.Pick([Chains.Network, "elsewhere"]),
            TransactionType.Transfer,
            user
        );
        return seat.AskAsync(
            Chains.Transaction(hash),
            number => record with { Actor = Authorship.Stamp(actor, number) },
            (grains, command) => TransactionOf(grains, hash).Record(command)
        );
    }

    private static Task<Operation> SettleAsync(Seat seat, TransactionHash hash)
    {
        var settle = seat.Chance.OneIn(4)
            ? new SettleTransaction(Indexer, TransactionStatus.Failed, Error: "out of gas")
            : new SettleTransaction(
                Indexer,
                TransactionStatus.Confirmed,
                seat.Chance.Between(1, 2),
                "21000",
                "0.000021"
            );
        return seat.AskAsync(
            Chains.Transaction(hash),
            number => settle with { Actor = Authorship.Stamp(Indexer, number) },
            (grains, command) => TransactionOf(grains, hash).Settle(command)
        );
    }

    private static Task<Operation> ReadAsync(Seat seat, TransactionHash hash) =>
        seat.AskAsync(
            Chains.Transaction(hash),
            _ => new ReadTransaction(),
            async (grains, _) => (Outcome<TransactionView?>)await TransactionOf(grains, hash).Find()
        );

    private static async Task<Outcome<ToldTransactions>> ListAsync(IGrainFactory grains, string key)
    {
        var list = grains.GetGrain<ITransactionListGrain>(key);
        return new ToldTransactions(await list.Before(null, 100, null), await list.Summarize());
    }

    private static ITransactionGrain TransactionOf(IGrainFactory grains, TransactionHash hash) =>
        grains.GetGrain<ITransactionGrain>(hash.Value);
}
