using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Purchases and refunds: alone, many at once, twice, and with keys that were used before.</summary>
internal sealed class PurchaseWorkload : IWorkload
{
    public int Weight => 12;

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(24) switch
        {
            < 8 => BuyAsync(seat, seat.AnyUser()),
            < 10 => RushAsync(seat, seat.AnyUser()),
            10 => TwiceAsync(seat, seat.AnyUser()),
            < 14 => RepeatAsync(seat),
            14 => ReuseKeyAsync(seat, seat.AnyUser()),
            < 19 => RefundAsync(seat),
            < 21 => ReadOneAsync(seat),
            _ => ReadHistoryAsync(seat, seat.AnyUser(), seat.Chance.Between(1, 20), seat.Chance.Below(5)),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Users; number++)
        {
            await ReadHistoryAsync(seat, $"user{number}", 10_000, 0);
        }
    }

    private static Task<Operation> BuyAsync(Seat seat, string user) =>
        Counter.AskUntilToldAsync(seat, Counter.Balance(user), AnyPurchase(seat));

    private static async Task RushAsync(Seat seat, string user)
    {
        var asked = new List<Task>();
        for (var left = seat.Chance.Between(2, 8); left > 0; left--)
        {
            asked.Add(BuyAsync(seat, user));
        }
        await Task.WhenAll(asked);
    }

    private static Task<Operation[]> TwiceAsync(Seat seat, string user)
    {
        var purchase = AnyPurchase(seat);
        return Task.WhenAll(
            Counter.AskUntilToldAsync(seat, Counter.Balance(user), purchase),
            Counter.AskUntilToldAsync(seat, Counter.Balance(user), purchase)
        );
    }

    /// <summary>Anything that was ever asked with a key, asked again as it was.</summary>
    private static Task<Operation> RepeatAsync(Seat seat) =>
        AnyEarlier(seat, static operation => Counter.HasKey(operation.Command)) is { } earlier
            ? Counter.AskUntilToldAsync(seat, earlier.Stream, earlier.Command)
            : BuyAsync(seat, seat.AnyUser());

    private static Task<Operation> ReuseKeyAsync(Seat seat, string user)
    {
        var earlier = AnyEarlier(
            seat,
            operation => operation.Value is PurchaseReceipt && operation.Stream == Counter.Balance(user)
        );
        if (earlier?.Command is not PurchaseItem { Key: var key })
        {
            return BuyAsync(seat, user);
        }
        object other = seat.Chance.OneIn(2)
            ? AnyPurchase(seat) with
            {
                Key = key,
            }
            : new SendTip(ModelId.Parse(seat.AnyModel()), Tokens.Of(1), null, key);
        return Counter.AskUntilToldAsync(seat, Counter.Balance(user), other);
    }

    private static Task<Operation> RefundAsync(Seat seat)
    {
        if (AnyEarlier(seat, static operation => operation.Value is PurchaseReceipt) is not { } bought)
        {
            return BuyAsync(seat, seat.AnyUser());
        }
        var model = Market.ModelOf(((PurchaseItem)bought.Command).MenuId);
        var actor = seat.Chance.OneIn(2) ? Counter.Admin : new Actor(ActorRole.Model, model);
        var key =
            seat.Chance.OneIn(10) && AnyEarlier(seat, static operation => operation.Command is RefundOf) is { } other
                ? ((RefundOf)other.Command).Request.Key
                : Counter.NewKey(seat);
        var request = new RequestRefund(
            ((PurchaseReceipt)bought.Value!).PurchaseId,
            actor,
            $"Refund {key}",
            seat.Chance.OneIn(2),
            key
        );
        var refund = new RefundOf(Counter.OwnerOf(bought.Stream), request);
        return Counter.AskUntilToldAsync(seat, Counter.Wallet(model), refund);
    }

    private static Task<Operation> ReadOneAsync(Seat seat)
    {
        if (AnyEarlier(seat, static operation => operation.Value is PurchaseReceipt) is not { } bought)
        {
            return ReadHistoryAsync(seat, seat.AnyUser(), 1, 0);
        }
        var user = Counter.OwnerOf(bought.Stream);
        var id = ((PurchaseReceipt)bought.Value!).PurchaseId;
        return seat.AskAsync(
            bought.Stream,
            _ => new ReadPurchase(id),
            (grains, read) => grains.GetGrain<IPurchaserGrain>(user).Find(read.Id)
        );
    }

    private static Task<Operation> ReadHistoryAsync(Seat seat, string user, int limit, int offset) =>
        seat.AskAsync(
            Counter.Balance(user),
            _ => new ReadPurchases(limit, offset),
            async (grains, read) =>
                (Outcome<PurchasePage>)
                    await grains.GetGrain<IPurchaserGrain>(user).History(read.Limit, read.Offset, PurchaseFilter.None)
        );

    private static PurchaseItem AnyPurchase(Seat seat)
    {
        var menu = Market.Menu(seat.AnyModel(), queued: seat.Chance.OneIn(2));
        return new PurchaseItem(menu, Market.Item(menu, seat.Chance.Between(1, Market.Items)), Counter.NewKey(seat));
    }

    private static Operation? AnyEarlier(Seat seat, Func<Operation, bool> isMeant)
    {
        Operation[] all = [.. seat.Observations.Operations.Where(isMeant)];
        return all.Length == 0 ? null : seat.Chance.Pick(all);
    }
}
