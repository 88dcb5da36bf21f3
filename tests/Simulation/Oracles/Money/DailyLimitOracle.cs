using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>Nobody buys an item more often on a day than the menu allowed at that moment.</summary>
internal sealed class DailyLimitOracle(Books books)
{
    public IEnumerable<string> Check() => books.Balances.SelectMany(Check);

    private IEnumerable<string> Check(Book<BalanceEvent, ExpectedBalance> balance)
    {
        var bought = new Dictionary<(DateOnly Day, string ItemId), int>();
        var day = DateOnly.MinValue;
        foreach (var (version, @event) in balance.Entries)
        {
            var item = (@event as ItemPurchased)?.Item ?? (@event as ItemHeld)?.Item;
            if (item is null)
            {
                continue;
            }
            // A day that has begun does not end when the clock is set back.
            day = new[] { day, DateOnly.FromDateTime(@event.At.UtcDateTime) }.Max();
            var count = bought[(day, item.ItemId)] = bought.GetValueOrDefault((day, item.ItemId)) + 1;
            var menu = books
                .Menus.First(menu => menu.Owner == item.MenuId)
                .States.ElementAtOrDefault((int)item.MenuVersion);
            if (count > menu?.Items.GetValueOrDefault(item.ItemId)?.MaxDailyPurchases)
            {
                yield return $"event {version} of {balance.Stream} is number {count} of {item.ItemId} on {day:O}, "
                    + $"of {menu.Items[item.ItemId].MaxDailyPurchases} allowed";
            }
        }
    }
}
