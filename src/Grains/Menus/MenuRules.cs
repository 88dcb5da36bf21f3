using System.Collections.Immutable;
using System.Globalization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Menus;

/// <summary>Everything that is decided about a menu. Pure: knows no grain, no clock, no storage. Null when nothing changes.</summary>
public static class MenuRules
{
    /// <summary>Far more than anybody removes from one menu before a repeat of adding it arrives.</summary>
    public const int RemovedItemsKept = 1_000;

    public static Outcome<MenuEvent?> Decide(
        Menu menu,
        string menuId,
        CreateMenu command,
        DateTimeOffset now,
        MenuOptions options
    )
    {
        if (!MenuIdentifier.IsValid(menuId) || !MayManage(command.ModelId.Value, command.Actor))
        {
            return MenuRefusals.MenuNotFound;
        }
        var settings = MenuDraftRules.Apply(MenuSettings.Default, command.Draft);
        var items = Contents(command.Items, options);
        if ((settings.Refusal ?? items.Refusal) is { } refusal)
        {
            return refusal;
        }
        var madeFrom = new MadeFrom(command.ModelId.Value, settings.Value!, items.Value);
        var fingerprint = CommandDigest.OfMenu(command.Actor, madeFrom);
        if (menu.ModelId is not null)
        {
            return menu.Fingerprint == fingerprint ? (MenuEvent?)null : LedgerRefusals.IdempotencyKeyReused;
        }
        return new MenuCreated(
            now,
            command.Actor,
            command.ModelId.Value,
            settings.Value!,
            [.. items.Value.Select((content, index) => new IncludedItem(ItemIdOf(menuId, index), content))],
            fingerprint
        );
    }

    public static Outcome<MenuEvent?> Decide(Menu menu, ChangeMenu command, DateTimeOffset now)
    {
        if (RefuseChange(menu, command.Actor) is { } refusal)
        {
            return refusal;
        }
        var settings = MenuDraftRules.Apply(menu.Settings, command.Draft);
        return settings.Refusal is not null ? settings.Refusal
            : settings.Value!.IsSameAs(menu.Settings) ? (MenuEvent?)null
            : new MenuEdited(now, command.Actor, SettingsEdit.Between(menu.Settings, settings.Value));
    }

    public static Outcome<MenuEvent?> DecideArchive(Menu menu, Actor actor, DateTimeOffset now) =>
        !MayManage(menu.ModelId, actor) ? MenuRefusals.MenuNotFound
        : menu.Archived ? (MenuEvent?)null
        : new MenuArchived(now, actor, menu.ModelId!);

    public static Outcome<MenuEvent?> Decide(Menu menu, AddMenuItem command, DateTimeOffset now, MenuOptions options)
    {
        if (RefuseChange(menu, command.Actor) is { } refusal)
        {
            return refusal;
        }
        if (!MenuIdentifier.IsValid(command.ItemId) || menu.RemovedItems.Contains(command.ItemId))
        {
            return MenuRefusals.ItemNotFound;
        }
        var content = ItemDraftRules.Apply(ItemContent.Default, command.Draft, options);
        if (content.Refusal is not null)
        {
            return content.Refusal;
        }
        var fingerprint = CommandDigest.OfItem(command.Actor, content.Value!);
        if (menu.Find(command.ItemId) is { } item)
        {
            return item.Fingerprint == fingerprint ? (MenuEvent?)null : LedgerRefusals.IdempotencyKeyReused;
        }
        return menu.Items.Length >= options.ItemsPerMenu
            ? MenuRefusals.TooManyItems(options.ItemsPerMenu)
            : new MenuItemAdded(now, command.Actor, command.ItemId, content.Value!, fingerprint);
    }

    public static Outcome<MenuEvent?> Decide(Menu menu, ChangeMenuItem command, DateTimeOffset now, MenuOptions options)
    {
        if (RefuseChange(menu, command.Actor) is { } refusal)
        {
            return refusal;
        }
        if (menu.Find(command.ItemId) is not { } item)
        {
            return MenuRefusals.ItemNotFound;
        }
        var content = ItemDraftRules.Apply(item.Content, command.Draft, options);
        return content.Refusal is not null ? content.Refusal
            : content.Value == item.Content ? (MenuEvent?)null
            : new MenuItemEdited(now, command.Actor, command.ItemId, ContentEdit.Between(item.Content, content.Value!));
    }

    public static Outcome<MenuEvent?> Decide(Menu menu, RemoveMenuItem command, DateTimeOffset now) =>
        RefuseChange(menu, command.Actor) is { } refusal ? refusal
        : menu.Find(command.ItemId) is null ? MenuRefusals.ItemNotFound
        : new MenuItemRemoved(now, command.Actor, command.ItemId);

    public static Menu Evolve(Menu menu, MenuEvent @event)
    {
        var next = menu with { UpdatedAt = @event.At, Version = menu.Version + 1 };
        return @event switch
        {
            MenuCreated created => next with
            {
                ModelId = created.ModelId,
                Settings = created.Settings,
                Items = [.. created.Items.Select(item => New(next, item.ItemId, item.Content, null))],
                CreatedAt = created.At,
                Fingerprint = created.Fingerprint,
            },
            MenuChanged changed => next with { Settings = changed.Settings },
            MenuEdited edited => next with { Settings = edited.Edit.ApplyTo(menu.Settings) },
            MenuArchived => next with { Archived = true },
            MenuErased => Menu.None with { UpdatedAt = next.UpdatedAt, Version = next.Version },
            MenuItemAdded added => next with
            {
                Items = menu.Items.Add(New(next, added.ItemId, added.Content, added.Fingerprint)),
            },
            MenuItemChanged changed => WithItem(next, changed.ItemId, changed.Content),
            MenuItemEdited edited => WithItem(
                next,
                edited.ItemId,
                edited.Edit.ApplyTo(next.Find(edited.ItemId)!.Content)
            ),
            MenuItemRemoved removed => next with
            {
                Items = menu.Items.RemoveAll(item => item.ItemId == removed.ItemId),
                RemovedItems = Bounded(menu.RemovedItems.Add(removed.ItemId)),
            },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    private static Refusal? RefuseChange(Menu menu, Actor actor) =>
        !MayManage(menu.ModelId, actor) ? MenuRefusals.MenuNotFound
        : menu.Archived ? MenuRefusals.MenuArchived
        : null;

    /// <summary>Also false for a menu that was never made, which nobody can tell from one of another model.</summary>
    private static bool MayManage(string? modelId, Actor actor) =>
        modelId is not null
        && (actor.Role == ActorRole.Admin || (actor.Role == ActorRole.Model && actor.Id == modelId));

    private static Outcome<ImmutableArray<ItemContent>> Contents(
        IReadOnlyList<MenuItemDraft> drafts,
        MenuOptions options
    )
    {
        if (drafts.Count > options.ItemsPerMenu)
        {
            return MenuRefusals.TooManyItems(options.ItemsPerMenu);
        }
        var contents = ImmutableArray.CreateBuilder<ItemContent>(drafts.Count);
        foreach (var draft in drafts)
        {
            var content = ItemDraftRules.Apply(ItemContent.Default, draft, options);
            if (content.Refusal is not null)
            {
                return content.Refusal;
            }
            contents.Add(content.Value!);
        }
        return contents.MoveToImmutable();
    }

    private static string ItemIdOf(string menuId, int index) =>
        MenuIdentifier.From(menuId, index.ToString(CultureInfo.InvariantCulture));

    private static MenuItem New(Menu next, string itemId, ItemContent content, string? fingerprint) =>
        new(itemId, content, next.UpdatedAt, next.UpdatedAt, next.Version, fingerprint);

    private static Menu WithItem(Menu next, string itemId, ItemContent content)
    {
        var before = next.Find(itemId)!;
        var after = before with { Content = content, UpdatedAt = next.UpdatedAt, Version = next.Version };
        return next with { Items = next.Items.Replace(before, after) };
    }

    private static ImmutableArray<string> Bounded(ImmutableArray<string> removed) =>
        removed.Length > RemovedItemsKept ? removed.RemoveAt(0) : removed;
}
