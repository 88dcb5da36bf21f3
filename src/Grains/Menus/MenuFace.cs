using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Menus;

/// <summary>One version of a menu made ready for reading: every answer is built once, for however many ask.</summary>
internal sealed class MenuFace
{
    private readonly string _menuId;
    private readonly Dictionary<string, Outcome<ItemQuote>> _quotes;
    private readonly Dictionary<string, Outcome<ItemQuote>> _leasedQuotes;

    public MenuFace(string menuId, Menu menu)
    {
        _menuId = menuId;
        Menu = menu;
        _quotes = menu.Items.ToDictionary(static item => item.ItemId, QuoteOf, StringComparer.Ordinal);
        _leasedQuotes = _quotes.ToDictionary(
            static quote => quote.Key,
            static quote => quote.Value.Map(static moment => moment with { GoodFor = QuoteLeases.Length }),
            StringComparer.Ordinal
        );
    }

    public static Outcome<MenuView> NoMenu { get; } = MenuRefusals.MenuNotFound;

    public static Outcome<ItemQuote> NoQuote { get; } = MenuRefusals.MenuNotFound;

    private static Outcome<ItemQuote> NoItem { get; } = MenuRefusals.ItemNotFound;

    private static Outcome<ItemQuote> Inactive { get; } = MenuRefusals.ItemInactive;

    public Menu Menu { get; }

    /// <summary>For the menu's model, admins and services.</summary>
    public Outcome<MenuView> Whole => field ??= ViewOf(Menu.Items, Menu.Settings.Whitelist.ToArray());

    /// <summary>For everybody else.</summary>
    public Outcome<MenuView> Offers => field ??= ViewOf(Menu.Items.Where(static item => item.Content.IsActive), null);

    /// <summary>For this moment.</summary>
    public Outcome<ItemQuote> Quote(string itemId) => _quotes.GetValueOrDefault(itemId, NoItem);

    /// <summary>For a while.</summary>
    public Outcome<ItemQuote> LeasedQuote(string itemId) => _leasedQuotes.GetValueOrDefault(itemId, NoItem);

    public MenuItemView ViewOf(MenuItem item)
    {
        var content = item.Content;
        return new MenuItemView(
            item.ItemId,
            _menuId,
            Menu.ModelId!,
            content.Name,
            content.Description,
            Tokens.Of(content.TokenValue),
            content.BonusLoyaltyPoints,
            content.Device,
            content.IsActive,
            content.DisplayOrder,
            content.Category,
            content.IconUrl,
            content.MaxDailyPurchases,
            item.Version,
            item.CreatedAt,
            item.UpdatedAt
        );
    }

    /// <summary>Items of the same display order stay in the order in which they were added.</summary>
    private MenuView ViewOf(IEnumerable<MenuItem> items, string[]? whitelist) =>
        new(
            _menuId,
            Menu.ModelId!,
            Menu.Settings.Name,
            Menu.Settings.Description,
            Menu.Settings.QueueMode,
            Menu.Settings.Visibility,
            Menu.Settings.Theme,
            whitelist,
            items.OrderBy(static item => item.Content.DisplayOrder).Select(ViewOf).ToArray(),
            !Menu.Archived,
            Menu.Version,
            Menu.CreatedAt,
            Menu.UpdatedAt
        );

    private Outcome<ItemQuote> QuoteOf(MenuItem item)
    {
        var content = item.Content;
        return content.IsActive
            ? new ItemQuote(
                Menu.ModelId!,
                _menuId,
                Menu.Version,
                item.ItemId,
                content.Name,
                Tokens.Of(content.TokenValue),
                content.BonusLoyaltyPoints,
                Menu.Settings.QueueMode == QueueMode.On,
                content.MaxDailyPurchases,
                content.Device
            )
            : Inactive;
    }
}
