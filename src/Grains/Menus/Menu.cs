using System.Collections.Immutable;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Menus;

/// <summary>A menu as the fold of its events.</summary>
/// <param name="ModelId">Null until it is made.</param>
/// <param name="Items">In the order in which they were added.</param>
/// <param name="RemovedItems">The newest of them, so that a late repeat does not add one again.</param>
/// <param name="Fingerprint">Of what it was made from, so that a repeat is told from another menu.</param>
/// <param name="Version">The number of the newest event.</param>
public sealed record Menu(
    string? ModelId,
    MenuSettings Settings,
    ImmutableArray<MenuItem> Items,
    ImmutableArray<string> RemovedItems,
    bool Archived,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Fingerprint,
    long Version
)
{
    public static readonly Menu None = new(null, MenuSettings.Default, [], [], false, default, default, null, 0);

    public MenuItem? Find(string itemId)
    {
        foreach (var item in Items)
        {
            if (item.ItemId == itemId)
            {
                return item;
            }
        }
        return null;
    }
}

/// <param name="Whitelist">Ordered, each once.</param>
public sealed record MenuSettings(
    string Name,
    string? Description,
    QueueMode QueueMode,
    MenuVisibility Visibility,
    string? Theme,
    ImmutableArray<string> Whitelist
)
{
    public static readonly MenuSettings Default = new("", null, QueueMode.Off, MenuVisibility.Public, null, []);

    public bool IsSameAs(MenuSettings other) =>
        this with { Whitelist = other.Whitelist } == other
        && Whitelist.AsSpan().SequenceEqual(other.Whitelist.AsSpan());
}

/// <param name="Version">The version of the menu that the item has been like this since.</param>
/// <param name="Fingerprint">Of what it was added as; null for an item that came with its menu.</param>
public sealed record MenuItem(
    string ItemId,
    ItemContent Content,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    string? Fingerprint
);

public sealed record ItemContent(
    string Name,
    string? Description,
    long TokenValue,
    long BonusLoyaltyPoints,
    DeviceActivation? Device,
    bool IsActive,
    int DisplayOrder,
    string? Category,
    string? IconUrl,
    int? MaxDailyPurchases
)
{
    public static readonly ItemContent Default = new("", null, 0, 0, null, true, 0, null, null, null);
}
