using System.Collections.Immutable;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A menu after some of its events.</summary>
/// <param name="ModelId">Null until it is made.</param>
internal sealed record ExpectedMenu(
    string? ModelId,
    QueueMode QueueMode,
    ImmutableSortedDictionary<string, ItemContent> Items
)
{
    public static readonly ExpectedMenu Empty = new(
        null,
        QueueMode.Off,
        ImmutableSortedDictionary<string, ItemContent>.Empty
    );

    public ExpectedMenu After(MenuEvent @event) =>
        @event switch
        {
            MenuCreated e => this with { ModelId = e.ModelId, QueueMode = e.Settings.QueueMode },
            MenuItemAdded e => this with { Items = Items.SetItem(e.ItemId, e.Content) },
            MenuItemChanged e => this with { Items = Items.SetItem(e.ItemId, e.Content) },
            _ => this,
        };

    public bool Fits(MenuView view) =>
        view.ModelId == ModelId
        && view.QueueMode == QueueMode
        && view.Items.Count == Items.Count
        && view.Items.All(Fits);

    public bool Fits(MenuItemView view) =>
        Items.TryGetValue(view.ItemId, out var item)
        && (view.Name, view.Description, view.IsActive) == (item.Name, item.Description, item.IsActive)
        && (view.TokenValue.Count, view.BonusLoyaltyPoints) == (item.TokenValue, item.BonusLoyaltyPoints)
        && (view.MaxDailyPurchases, view.Device) == (item.MaxDailyPurchases, item.Device);
}
