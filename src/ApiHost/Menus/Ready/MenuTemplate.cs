using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus.Ready;

/// <summary>A ready menu to start from; what is made from it belongs to its model and can be changed at will.</summary>
/// <param name="Name">As in the address that makes a menu from it.</param>
internal sealed record MenuTemplate(string Name, MenuDraft Menu, IReadOnlyList<MenuItemDraft> Items);

/// <summary>The templates that come with the system.</summary>
internal static class MenuTemplates
{
    public static readonly IReadOnlyList<MenuTemplate> All =
    [
        QuickFun.Template,
        PrivateEnergy.Template,
        VipExperience.Template,
    ];

    public static MenuTemplate? Find(string? name) => All.FirstOrDefault(template => template.Name == name);
}
