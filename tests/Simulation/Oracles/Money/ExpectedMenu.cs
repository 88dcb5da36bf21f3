using System.Collections.Immutable;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A menu after some of its events.</summary>
/// <param name="ModelId">Null until it is made.</param>
internal sealed record ExpectedMenu(
    string? ModelId,
    MenuSettings Settings,
    ImmutableSortedDictionary<string, ItemContent> Items
)
{
    public static readonly ExpectedMenu Empty = new(
        null,
        MenuSettings.Default,
        ImmutableSortedDictionary<string, ItemContent>.Empty
    );

    public ExpectedMenu After(MenuEvent @event) =>
        @event switch
        {
            MenuCreated e => this with { ModelId = e.ModelId, Settings = e.Settings },
            MenuEdited e => this with { Settings = e.Edit.ApplyTo(Settings) },
            MenuItemAdded e => this with { Items = Items.SetItem(e.ItemId, e.Content) },
            MenuItemEdited e => this with { Items = Items.SetItem(e.ItemId, e.Edit.ApplyTo(Items[e.ItemId])) },
            _ => this,
        };

    public bool Fits(MenuView view) =>
        view.ModelId == ModelId
        && (view.QueueMode, view.Visibility, view.Description)
            == (Settings.QueueMode, Settings.Visibility, Settings.Description)
        && (view.WhitelistUsers ?? []).SequenceEqual(Settings.Whitelist)
        && view.Items.Count == Items.Count
        && view.Items.All(Fits);

    /// <summary>Nobody subscribes to anybody here.</summary>
    public bool IsFor(string userId) =>
        Settings.Visibility == MenuVisibility.Public
        || (Settings.Visibility == MenuVisibility.Private && Settings.Whitelist.Contains(userId));

    public bool Fits(MenuItemView view) =>
        Items.TryGetValue(view.ItemId, out var item)
        && (view.Name, view.Description, view.IsActive) == (item.Name, item.Description, item.IsActive)
        && (view.TokenValue.Count, view.BonusLoyaltyPoints) == (item.TokenValue, item.BonusLoyaltyPoints)
        && (view.MaxDailyPurchases, view.Device) == (item.MaxDailyPurchases, item.Device);
}
