using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Menus;

public static class MenuRefusals
{
    public const string MenuNotFoundCode = "MENU_NOT_FOUND";
    public const string ItemNotFoundCode = "ITEM_NOT_FOUND";
    public const string ItemInactiveCode = "ITEM_INACTIVE";
    public const string InvalidMenuCode = "INVALID_MENU";
    public const string InvalidItemCode = "INVALID_ITEM";
    public const string TooManyMenusCode = "TOO_MANY_MENUS";
    public const string TooManyItemsCode = "TOO_MANY_ITEMS";
    public const string MenuTemplateNotFoundCode = "MENU_TEMPLATE_NOT_FOUND";

    /// <summary>Also for a menu that the caller may not see: that it exists is not the caller's business.</summary>
    public static readonly Refusal MenuNotFound = new(MenuNotFoundCode, "There is no such menu.");

    public static readonly Refusal ItemNotFound = new(ItemNotFoundCode, "There is no such item in this menu.");

    public static readonly Refusal ItemInactive = new(ItemInactiveCode, "This item cannot be bought at the moment.");

    public static readonly Refusal MenuTemplateNotFound = new(
        MenuTemplateNotFoundCode,
        "The menu templates are quick-fun, private-energy and vip-experience."
    );

    public static Refusal InvalidMenu(string message) => new(InvalidMenuCode, message);

    public static Refusal InvalidItem(string message) => new(InvalidItemCode, message);

    public static Refusal TooManyMenus(int most) => new(TooManyMenusCode, $"A model has at most {most} menus.");

    public static Refusal TooManyItems(int most) => new(TooManyItemsCode, $"A menu has at most {most} items.");
}
