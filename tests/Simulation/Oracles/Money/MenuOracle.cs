using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;
using Actors.Grains.Wallets;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>One menu: each change is there once, and whatever is bought costs what the menu said when it was bought.</summary>
internal sealed class MenuOracle(Book<MenuEvent, ExpectedMenu> book, Books books, Evidence evidence)
{
    private readonly List<string> _violations = [];

    public IEnumerable<string> Check()
    {
        var operations = evidence.OperationsOn(book.Stream);
        Actor?[] actors = [.. book.Events.Select(static @event => @event.Actor)];
        var authors = Authorship.Of(book.Stream, actors, operations, _violations);
        foreach (var operation in operations)
        {
            if (
                operation is { Answer: Answer.Done, Command: ChangeMenuItem or ChangeMenu }
                && authors.VersionOf(operation) is null
            )
            {
                _violations.Add($"{operation} was acknowledged and is lost");
            }
        }
        foreach (var (version, @event) in book.Entries)
        {
            var asked = authors.OperationOf((int)version)?.Command;
            CheckChange(@event, asked as ChangeMenuItem, version);
            CheckChange(@event, asked as ChangeMenu, version);
        }
        var oracle = new StreamOracle<ExpectedMenu>(
            book.Stream,
            book.States,
            (operation, count) => Shows(operation, book.States[count]),
            authors.VersionOf
        );
        _violations.AddRange(oracle.Check(operations.Where(static operation => operation.Answer == Answer.Done)));
        foreach (var balance in books.Balances)
        {
            CheckPrices(balance, operations, authors);
        }
        return _violations;
    }

    private static bool Shows(Operation operation, ExpectedMenu menu) =>
        operation.Value switch
        {
            MenuView view => menu.Fits(view),
            MenuItemView view => menu.Fits(view),
            _ => false,
        };

    private void CheckChange(MenuEvent @event, ChangeMenuItem? asked, long version)
    {
        if (@event is not MenuItemEdited changed || asked is null)
        {
            return;
        }
        var before = book.States[(int)version - 1].Items[changed.ItemId];
        var draft = asked.Draft;
        var expected = before with
        {
            Description = draft.Description.Value,
            TokenValue = draft.TokenValue ?? before.TokenValue,
            BonusLoyaltyPoints = draft.BonusLoyaltyPoints ?? before.BonusLoyaltyPoints,
            IsActive = draft.IsActive ?? before.IsActive,
            MaxDailyPurchases = draft.MaxDailyPurchases.Or(before.MaxDailyPurchases),
        };
        if (changed.Edit.ApplyTo(before) is var content && content != expected)
        {
            _violations.Add($"event {version} of {book.Stream} leads to {content} instead of {expected}");
        }
    }

    private void CheckChange(MenuEvent @event, ChangeMenu? asked, long version)
    {
        if (@event is not MenuEdited changed || asked is null)
        {
            return;
        }
        var (before, draft) = (book.States[(int)version - 1].Settings, asked.Draft);
        var expected = before with
        {
            Description = draft.Description.Value,
            Visibility = draft.Visibility ?? before.Visibility,
            Whitelist = draft.WhitelistUsers is { } users ? [.. users] : before.Whitelist,
        };
        if (changed.Edit.ApplyTo(before) is var settings && !settings.IsSameAs(expected))
        {
            _violations.Add($"event {version} of {book.Stream} leads to {settings} instead of {expected}");
        }
    }

    private void CheckPrices(
        Book<BalanceEvent, ExpectedBalance> balance,
        IReadOnlyList<Operation> operations,
        Authorship authors
    )
    {
        var purchases = evidence.OperationsOn(balance.Stream).ToLookup(BalanceOracle.KeyOf);
        foreach (var (version, @event) in balance.Entries)
        {
            if (ItemOf(@event) is not { } item || item.MenuId != book.Owner)
            {
                continue;
            }
            var menu = book.States.ElementAtOrDefault((int)item.MenuVersion);
            if (
                menu?.Items.GetValueOrDefault(item.ItemId) is not { IsActive: true } content
                || (item.ModelId, item.Name, item.Tokens.Count, item.Points, item.Device)
                    != (menu.ModelId, content.Name, content.TokenValue, content.BonusLoyaltyPoints, content.Device)
                || @event is ItemHeld != (menu.Settings.QueueMode == QueueMode.On)
                || !menu.IsFor(balance.Owner)
            )
            {
                _violations.Add($"event {version} of {balance.Stream} is not what {book.Stream} offered: {item}");
            }
            if (purchases[BalanceOracle.KeyOf(@event)].Any(static operation => operation.MayBeOld))
            {
                continue;
            }
            var asked = purchases[BalanceOracle.KeyOf(@event)].Min(static operation => operation.Asked.Order);
            var known = operations
                .Where(operation => operation.Answer == Answer.Done && operation.Answered.Order < asked)
                .Select(operation => authors.VersionOf(operation) ?? 0)
                .Append(0)
                .Max();
            if (item.MenuVersion < known)
            {
                _violations.Add($"event {version} of {balance.Stream} has a price of before version {known}: {item}");
            }
        }
    }

    private static BoughtItem? ItemOf(BalanceEvent @event) =>
        @event switch
        {
            ItemPurchased e => e.Item,
            ItemHeld e => e.Item,
            _ => null,
        };
}
