using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Tokens that come in, are given and leave, in amounts that often are too much.</summary>
internal sealed class LedgerWorkload : IWorkload
{
    private const int MostPositions = 100;

    private static readonly DateOnly FirstDay = new(2029, 10, 1);

    public int Weight => 7;

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(20) switch
        {
            < 5 => CreditAsync(seat, seat.AnyUser()),
            5 when seat.Chance.OneIn(2) => DebitAsync(seat, seat.AnyUser()),
            6 => GiveTipBackAsync(seat),
            < 9 => TipAsync(seat, seat.AnyUser()),
            < 11 => PayOutAsync(seat, seat.AnyModel()),
            < 15 => ReadBalanceAsync(seat, seat.AnyUser()),
            < 18 => ReadWalletAsync(seat, seat.AnyModel()),
            18 when seat.Chance.OneIn(2) => ReadSalesTwiceAsync(seat, seat.AnyModel()),
            18 => ReadStatementAsync(seat, seat.AnyUser(), seat.Chance.Between(1, 20)),
            _ => ProveAsync(seat),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Users; number++)
        {
            await ReadBalanceAsync(seat, $"user{number}");
            await ReadStatementAsync(seat, $"user{number}", 10_000);
        }
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            await ReadWalletAsync(seat, $"model{number}");
            await ReadSalesAsync(seat, $"model{number}");
        }
        await ProveAsync(seat);
    }

    public static async Task<Operation> CreditAsync(Seat seat, string user)
    {
        // Nobody credits who is not known.
        await IdentityWorkload.IntroduceAsync(seat, user, PersonKind.User);
        var key = Counter.NewKey(seat);
        var tokens = Tokens.Of(seat.Chance.Between(1, seat.Chance.Pick([10, 100, 300])));
        return await Counter.AskUntilToldAsync(
            seat,
            Counter.Balance(user),
            new CreditBalance(Counter.Admin, tokens, $"Top-up {key}", key)
        );
    }

    private static Task<Operation> DebitAsync(Seat seat, string user)
    {
        var key = Counter.NewKey(seat);
        var tokens = Tokens.Of(seat.Chance.Between(1, 40));
        return Counter.AskUntilToldAsync(
            seat,
            Counter.Balance(user),
            new DebitBalance(Counter.Admin, tokens, $"Taken back {key}", key)
        );
    }

    /// <summary>One of the newest tips, by whoever may and now and then by a model who may not.</summary>
    private static Task<Operation> GiveTipBackAsync(Seat seat)
    {
        var tips = seat
            .Observations.Operations.Where(static operation => operation.Value is TipReceipt)
            .TakeLast(8)
            .ToArray();
        if (tips.Length == 0)
        {
            return TipAsync(seat, seat.AnyUser());
        }
        var given = seat.Chance.Pick(tips);
        var receipt = (TipReceipt)given.Value!;
        var model = seat.Chance.OneIn(10) ? seat.AnyModel() : receipt.ModelId;
        var actor = seat.Chance.OneIn(2) ? Counter.Admin : new Actor(ActorRole.Model, model);
        var key = Counter.NewKey(seat);
        var request = new RequestRefund(receipt.TipId, actor, $"Back {key}", seat.Chance.OneIn(2), key);
        var back = new TipBack(Counter.OwnerOf(given.Stream), request);
        return Counter.AskUntilToldAsync(seat, Counter.Wallet(receipt.ModelId), back);
    }

    private static Task<Operation> TipAsync(Seat seat, string user)
    {
        var message = seat.Chance.OneIn(2) ? null : "Thank you";
        var tip = new SendTip(
            ModelId.Parse(seat.AnyModel()),
            Tokens.Of(seat.Chance.Between(1, 40)),
            message,
            Counter.NewKey(seat)
        );
        return Counter.AskUntilToldAsync(seat, Counter.Balance(user), tip);
    }

    private static Task<Operation> PayOutAsync(Seat seat, string model)
    {
        // Often all that was there, so that refunds find nothing.
        var seen = seat.Observations.Operations.LastOrDefault(operation =>
            operation.Stream == Counter.Wallet(model) && operation.Value is WalletView { Tokens.Count: > 0 }
        );
        var tokens =
            seen is null || seat.Chance.OneIn(3)
                ? Tokens.Of(seat.Chance.Between(1, 50))
                : ((WalletView)seen.Value!).Tokens;
        var payout = new PayOut(Counter.Admin, tokens, "End of the month", Counter.NewKey(seat));
        return Counter.AskUntilToldAsync(seat, Counter.Wallet(model), payout);
    }

    private static Task<Operation> ReadBalanceAsync(Seat seat, string user) =>
        seat.AskAsync(
            Counter.Balance(user),
            _ => new ReadBalance(),
            async (grains, _) => (Outcome<BalanceView>)await grains.GetGrain<IBalanceGrain>(user).Get()
        );

    private static Task<Operation> ReadStatementAsync(Seat seat, string user, int limit) =>
        seat.AskAsync(
            Counter.Balance(user),
            _ => new ReadStatement(limit),
            async (grains, read) =>
                (Outcome<StatementPage>)
                    await grains.GetGrain<IBalanceGrain>(user).Statement(null, read.Limit, StatementFilter.None)
        );

    private static Task<Operation> ReadWalletAsync(Seat seat, string model) =>
        seat.AskAsync(
            Counter.Wallet(model),
            _ => new ReadWallet(),
            async (grains, _) => (Outcome<WalletView>)await grains.GetGrain<IWalletGrain>(model).Get()
        );

    /// <summary>Both count what has been sold since the last time.</summary>
    private static Task<Operation[]> ReadSalesTwiceAsync(Seat seat, string model) =>
        Task.WhenAll(ReadSalesAsync(seat, model), ReadSalesAsync(seat, model));

    /// <summary>A report of more days than a run takes, however far its clock leaps.</summary>
    private static Task<Operation> ReadSalesAsync(Seat seat, string model) =>
        seat.AskAsync(
            Counter.Wallet(model),
            _ => new ReadSales(),
            (grains, _) => grains.GetGrain<ISalesGrain>(model).Report(FirstDay, FirstDay.AddDays(365))
        );

    private static Task<Operation> ProveAsync(Seat seat) =>
        seat.AskAsync(
            $"ledger-proof/{ILedgerProofGrain.Only}",
            _ => new ReadProof(),
            (grains, _) => grains.GetGrain<ILedgerProofGrain>(ILedgerProofGrain.Only).Prove(MostPositions)
        );
}
