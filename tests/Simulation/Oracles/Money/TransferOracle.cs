using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Devices;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>What one account gives the other gets: each transfer once, with the same tokens, and no other.</summary>
internal sealed class TransferOracle(Books books)
{
    public IEnumerable<string> Check() =>
        CheckEarnings().Concat(CheckRefunds()).Concat(CheckDevices()).Concat(CheckConservation());

    private IEnumerable<string> CheckEarnings()
    {
        foreach (var wallet in books.Wallets)
        {
            var earned = wallet.Events.OfType<TokensEarned>().Select(static e => e.Earning).ToArray();
            foreach (var balance in books.Balances)
            {
                // One source arrives in the order in which it gave.
                var given = balance
                    .Entries.Select(entry => EarningOf(balance, entry.Event, entry.Version))
                    .Where(owed => owed.ModelId == wallet.Owner)
                    .Select(static owed => owed.Earning!);
                var taken = earned.Where(earning => earning.UserId == balance.Owner);
                foreach (var difference in Compare(given, taken, $"what {balance.Stream} gave {wallet.Stream}"))
                {
                    yield return difference;
                }
            }
        }
    }

    private static (string? ModelId, Earning? Earning) EarningOf(
        Book<BalanceEvent, ExpectedBalance> balance,
        BalanceEvent @event,
        long version
    )
    {
        var transfer = balance.TransferOf(version);
        return @event switch
        {
            TipSent e => (
                e.ModelId,
                new Earning(EarningKind.Tip, balance.Owner, e.Tokens, transfer, e.At, null, e.Message)
            ),
            ItemPurchased e => (
                e.Item.ModelId,
                new Earning(
                    EarningKind.Purchase,
                    balance.Owner,
                    e.Item.Tokens,
                    transfer,
                    e.At,
                    Sold(e.Id, e.Item, e.At),
                    null
                )
            ),
            HoldSettled { Captured.Count: > 0 } e => (
                e.Item.ModelId,
                new Earning(
                    EarningKind.Capture,
                    balance.Owner,
                    e.Captured,
                    transfer,
                    e.At,
                    Sold(e.Id, e.Item, e.PurchasedAt),
                    null
                )
            ),
            CallSettled { Captured.Count: > 0 } e => (
                e.Call.ModelId,
                new Earning(
                    EarningKind.Call,
                    balance.Owner,
                    e.Captured,
                    transfer,
                    e.At,
                    null,
                    null,
                    new SoldCall(e.Call.Id, e.Call.PaymentId, e.Call.BookingId)
                )
            ),
            _ => (null, null),
        };
    }

    private static SoldItem Sold(PurchaseId id, BoughtItem item, DateTimeOffset at) =>
        new(id, item.MenuId, item.ItemId, item.Name, at, item.Tokens);

    private IEnumerable<string> CheckRefunds()
    {
        foreach (var wallet in books.Wallets)
        {
            var (earned, tipped) = (new HashSet<PurchaseId>(), new HashSet<string>());
            foreach (var @event in wallet.Events)
            {
                if (@event is TokensEarned { Earning: var earning })
                {
                    _ = (earning.Purchase?.PurchaseId ?? earning.Call?.CallId) is { } sold
                        ? earned.Add(sold)
                        : tipped.Add(earning.Transfer);
                }
                else if (@event is RefundGranted granted && !earned.Contains(granted.Sold.PurchaseId))
                {
                    yield return $"{wallet.Stream} gave back {granted.Sold.PurchaseId}, which it had not got";
                }
                else if (@event is CallReturned call && !earned.Contains(call.Call.CallId))
                {
                    yield return $"{wallet.Stream} gave back the call {call.Call.CallId}, which it had not got";
                }
                else if (@event is TipReturned tip && !tipped.Contains($"balance/{tip.UserId}@{tip.TipId.Version}"))
                {
                    yield return $"{wallet.Stream} gave back the tip {tip.TipId}, which it had not got";
                }
            }
            foreach (var balance in books.Balances)
            {
                var given =
                    from entry in wallet.Entries
                    let returned = entry.Event as IReturn
                    where returned?.UserId == balance.Owner
                    select (returned.Of, wallet.TransferOf(entry.Version), returned.Tokens, returned.Reason);
                var prefix = wallet.Stream + "@";
                var taken = balance
                    .Events.OfType<TokensRefunded>()
                    .Where(e => e.Transfer.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(static e => (e.Id, e.Transfer, e.Tokens, e.Reason));
                foreach (var difference in Compare(given, taken, $"what {wallet.Stream} gave back to {balance.Stream}"))
                {
                    yield return difference;
                }
            }
        }
    }

    /// <summary>A device is moved once for each purchase that asks for it.</summary>
    private IEnumerable<string> CheckDevices()
    {
        foreach (var device in books.Devices)
        {
            foreach (var balance in books.Balances)
            {
                var bought = balance
                    .Events.Select(static @event =>
                        @event switch
                        {
                            ItemPurchased e => (e.Id, e.Item),
                            HoldSettled { Captured.Count: > 0 } e => (e.Id, e.Item),
                            _ => default,
                        }
                    )
                    .Where(sold => sold.Item?.Device is not null && sold.Item.ModelId == device.Owner)
                    .Select(static sold => sold.Id);
                var ordered = device
                    .Events.OfType<DeviceOrdered>()
                    .Where(order => order.UserId == balance.Owner)
                    .Select(static order => order.PurchaseId);
                foreach (
                    var difference in Compare(bought, ordered, $"what {balance.Stream} ordered of {device.Stream}")
                )
                {
                    yield return difference;
                }
            }
        }
    }

    private IEnumerable<string> CheckConservation()
    {
        var credited = books.Balances.Sum(static balance =>
            balance.Events.OfType<TokensCredited>().Sum(static e => e.Tokens.Count)
        );
        var issued = credited + books.Wallets.Sum(static wallet => wallet.States[^1].Issued);
        var there =
            books.Balances.Sum(static balance => balance.States[^1].Available + balance.States[^1].Held)
            + books.Balances.Sum(static balance =>
                balance.Events.OfType<TokensDebited>().Sum(static e => e.Tokens.Count)
            )
            + books.Wallets.Sum(static wallet => wallet.States[^1].Tokens + wallet.States[^1].PaidOut);
        return issued == there ? [] : [$"{issued} tokens were issued, and {there} are there or have left"];
    }

    private static IEnumerable<string> Compare<T>(IEnumerable<T> given, IEnumerable<T> taken, string what)
    {
        var (sent, received) = (given.ToArray(), taken.ToArray());
        return sent.SequenceEqual(received)
            ? []
            : [$"{what} is [{string.Join(", ", sent)}], but what arrived is [{string.Join(", ", received)}]"];
    }
}
