using System.Collections.Immutable;
using Actors.GrainInterfaces.Menus;

namespace Actors.Grains.Menus;

/// <summary>What stands there now, or that nothing does. A field that is null altogether has not changed.</summary>
public sealed record Replaced<T>(T? Value)
{
    internal static Replaced<T>? Between(T? before, T? after) =>
        EqualityComparer<T?>.Default.Equals(before, after) ? null : new(after);
}

/// <summary>
/// How settings changed, and nothing of what stayed: a model who mends a comma in a menu with a long whitelist writes the comma's text.
/// </summary>
/// <param name="Whitelisted">Users who came onto the whitelist.</param>
/// <param name="Unlisted">Users who left it.</param>
public sealed record SettingsEdit(
    string? Name = null,
    Replaced<string>? Description = null,
    QueueMode? QueueMode = null,
    MenuVisibility? Visibility = null,
    Replaced<string>? Theme = null,
    IReadOnlyList<string>? Whitelisted = null,
    IReadOnlyList<string>? Unlisted = null
)
{
    public static SettingsEdit Between(MenuSettings before, MenuSettings after) =>
        new(
            before.Name == after.Name ? null : after.Name,
            Replaced<string>.Between(before.Description, after.Description),
            before.QueueMode == after.QueueMode ? null : after.QueueMode,
            before.Visibility == after.Visibility ? null : after.Visibility,
            Replaced<string>.Between(before.Theme, after.Theme),
            Without(after.Whitelist, before.Whitelist),
            Without(before.Whitelist, after.Whitelist)
        );

    public MenuSettings ApplyTo(MenuSettings before) =>
        new(
            Name ?? before.Name,
            Description is null ? before.Description : Description.Value,
            QueueMode ?? before.QueueMode,
            Visibility ?? before.Visibility,
            Theme is null ? before.Theme : Theme.Value,
            Whitelisted is null && Unlisted is null
                ? before.Whitelist
                : [.. before.Whitelist.Except(Unlisted ?? []).Concat(Whitelisted ?? []).Order(StringComparer.Ordinal)]
        );

    private static List<string>? Without(ImmutableArray<string> users, ImmutableArray<string> others) =>
        users.Except(others).ToList() is { Count: > 0 } rest ? rest : null;
}

/// <summary>The same for an item.</summary>
public sealed record ContentEdit(
    string? Name = null,
    Replaced<string>? Description = null,
    long? TokenValue = null,
    long? BonusLoyaltyPoints = null,
    Replaced<DeviceActivation>? Device = null,
    bool? IsActive = null,
    int? DisplayOrder = null,
    Replaced<string>? Category = null,
    Replaced<string>? IconUrl = null,
    Replaced<int?>? MaxDailyPurchases = null
)
{
    public static ContentEdit Between(ItemContent before, ItemContent after) =>
        new(
            before.Name == after.Name ? null : after.Name,
            Replaced<string>.Between(before.Description, after.Description),
            before.TokenValue == after.TokenValue ? null : after.TokenValue,
            before.BonusLoyaltyPoints == after.BonusLoyaltyPoints ? null : after.BonusLoyaltyPoints,
            Replaced<DeviceActivation>.Between(before.Device, after.Device),
            before.IsActive == after.IsActive ? null : after.IsActive,
            before.DisplayOrder == after.DisplayOrder ? null : after.DisplayOrder,
            Replaced<string>.Between(before.Category, after.Category),
            Replaced<string>.Between(before.IconUrl, after.IconUrl),
            Replaced<int?>.Between(before.MaxDailyPurchases, after.MaxDailyPurchases)
        );

    public ItemContent ApplyTo(ItemContent before) =>
        new(
            Name ?? before.Name,
            Description is null ? before.Description : Description.Value,
            TokenValue ?? before.TokenValue,
            BonusLoyaltyPoints ?? before.BonusLoyaltyPoints,
            Device is null ? before.Device : Device.Value,
            IsActive ?? before.IsActive,
            DisplayOrder ?? before.DisplayOrder,
            Category is null ? before.Category : Category.Value,
            IconUrl is null ? before.IconUrl : IconUrl.Value,
            MaxDailyPurchases is null ? before.MaxDailyPurchases : MaxDailyPurchases.Value
        );
}
