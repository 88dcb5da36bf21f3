using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Menus;

public static class MenuRefusals
{
    public const string MenuNotFoundCode = "MENU_NOT_FOUND";
    public const string MenuArchivedCode = "MENU_ARCHIVED";
    public const string ItemNotFoundCode = "ITEM_NOT_FOUND";
    public const string ItemInactiveCode = "ITEM_INACTIVE";
    public const string InvalidMenuCode = "INVALID_MENU";
    public const string InvalidItemCode = "INVALID_ITEM";
    public const string TooManyMenusCode = "TOO_MANY_MENUS";
    public const string TooManyItemsCode = "TOO_MANY_ITEMS";
    public const string MenuTemplateNotFoundCode = "MENU_TEMPLATE_NOT_FOUND";

    /// <summary>Also for a menu that the caller may not see: that it exists is not the caller's business.</summary>
    public static readonly Refusal MenuNotFound = new(MenuNotFoundCode, "There is no such menu.");

    /// <summary>Only for those who still see the menu.</summary>
    public static readonly Refusal MenuArchived = new(MenuArchivedCode, "This menu is archived and stays as it is.");

    public static readonly Refusal ItemNotFound = new(ItemNotFoundCode, "There is no such item in this menu.");

    public static readonly Refusal ItemInactive = new(ItemInactiveCode, "This item cannot be bought at the moment.");

    public static readonly Refusal MenuTemplateNotFound = new(
        MenuTemplateNotFoundCode,
        "The menu templates are quick-fun, private-energy and vip-experience."
    );

    public static readonly Refusal ModelRequired = InvalidMenu("model_id names the model whose menu this is.");

    public static readonly Refusal MenuNameRequired = InvalidMenu("A menu needs a name.");

    public static readonly Refusal InvalidMenuName = InvalidMenu(NameRule);

    public static readonly Refusal InvalidMenuDescription = InvalidMenu(DescriptionRule);

    public static readonly Refusal InvalidQueueMode = InvalidMenu("queue_mode is ON or OFF.");

    public static readonly Refusal InvalidVisibility = InvalidMenu(
        "visibility is public, subscribers_only or private."
    );

    public static readonly Refusal InvalidTheme = InvalidMenu(
        $"theme is one line of at most {MenuLimits.ThemeLength} characters, or an object of at most 20 texts, numbers and truth values."
    );

    public static readonly Refusal InvalidWhitelist = InvalidMenu(
        $"whitelist_users are at most {MenuLimits.WhitelistedUsers} ids of users."
    );

    public static readonly Refusal ItemIncomplete = InvalidItem("An item needs a name and a token_value.");

    public static readonly Refusal InvalidItemName = InvalidItem(NameRule);

    public static readonly Refusal InvalidItemDescription = InvalidItem(DescriptionRule);

    public static readonly Refusal InvalidTokenValue = InvalidItem(
        $"token_value is a whole number from 1 to {MenuLimits.TokenValue}."
    );

    public static readonly Refusal InvalidBonusLoyaltyPoints = InvalidItem(
        $"bonus_loyalty_points is a whole number from 0 to {MenuLimits.BonusLoyaltyPoints}."
    );

    public static Refusal TooManyLoyaltyPoints(int perToken) =>
        InvalidItem($"bonus_loyalty_points is at most {perToken} for each token of the price.");

    public static readonly Refusal InvalidDeviceActivation = InvalidItem(
        $"lovense_activation has a timing_offset of 0 to {MenuLimits.TimingOffsetSeconds} seconds, a duration of 1 to "
            + $"{MenuLimits.DurationSeconds} seconds, an intensity of 0 to {MenuLimits.Intensity}, and as pattern "
            + $"{string.Join(", ", MenuLimits.Patterns)} or null."
    );

    public static readonly Refusal InvalidIsActive = InvalidItem("is_active is true or false.");

    public static readonly Refusal InvalidDisplayOrder = InvalidItem(
        $"display_order is a whole number from 0 to {MenuLimits.DisplayOrder}."
    );

    public static readonly Refusal InvalidCategory = InvalidItem(
        $"category is one line of at most {MenuLimits.CategoryLength} characters."
    );

    public static readonly Refusal InvalidIconUrl = InvalidItem(
        $"icon_url is an https address of at most {MenuLimits.IconUrlLength} characters."
    );

    public static readonly Refusal InvalidMaxDailyPurchases = InvalidItem(
        $"max_daily_purchases is a whole number from 1 to {MenuLimits.DailyPurchases}, or null for no limit."
    );

    public static readonly Refusal ProhibitedMenuText = InvalidMenu(
        "The name or the description of the menu has content that is not allowed."
    );

    public static readonly Refusal ProhibitedItemText = InvalidItem(
        "The name, description or category of an item has content that is not allowed."
    );

    private static string NameRule => $"name is one line of 1 to {MenuLimits.NameLength} characters.";

    private static string DescriptionRule =>
        $"description is a text of at most {MenuLimits.DescriptionLength} characters.";

    public static Refusal TooManyMenus(int most) => new(TooManyMenusCode, $"A model has at most {most} menus.");

    public static Refusal TooManyItems(int most) => new(TooManyItemsCode, $"A menu has at most {most} items.");

    private static Refusal InvalidMenu(string message) => new(InvalidMenuCode, message);

    private static Refusal InvalidItem(string message) => new(InvalidItemCode, message);
}
