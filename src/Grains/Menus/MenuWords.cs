using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Menus;

/// <summary>
/// What a model says in her menus, sealed with her key as it is written down; prices and settings are as they are. What was sold
/// stays in the purchase under its name, which is the buyer's record.
/// </summary>
internal static class MenuWords
{
    public static MenuEvent Seal(MenuEvent @event, SealingKey key)
    {
        Func<string?, string?> seal = key.SealWords;
        return @event switch
        {
            MenuCreated created => created with
            {
                Settings = In(created.Settings, seal),
                Items = [.. created.Items.Select(item => item with { Content = In(item.Content, seal) })],
                Fingerprint = key.SealWords(created.Fingerprint),
            },
            MenuEdited edited => edited with
            {
                Edit = edited.Edit with
                {
                    Name = seal(edited.Edit.Name),
                    Description = In(edited.Edit.Description, seal),
                    Theme = In(edited.Edit.Theme, seal),
                },
            },
            MenuItemAdded added => added with
            {
                Content = In(added.Content, seal),
                Fingerprint = key.SealWords(added.Fingerprint),
            },
            MenuItemEdited edited => edited with
            {
                Edit = edited.Edit with
                {
                    Name = seal(edited.Edit.Name),
                    Description = In(edited.Edit.Description, seal),
                    Category = In(edited.Edit.Category, seal),
                    IconUrl = In(edited.Edit.IconUrl, seal),
                },
            },
            _ => @event,
        };
    }

    /// <param name="key">Null once it is destroyed.</param>
    public static Menu Open(Menu menu, SealingKey? key)
    {
        Func<string?, string?> open = key.OpenWords;
        return menu with
        {
            Settings = In(menu.Settings, open),
            Items =
            [
                .. menu.Items.Select(item =>
                    item with
                    {
                        Content = In(item.Content, open),
                        Fingerprint = open(item.Fingerprint),
                    }
                ),
            ],
            Fingerprint = open(menu.Fingerprint),
        };
    }

    private static MenuSettings In(MenuSettings settings, Func<string?, string?> change) =>
        settings with
        {
            Name = change(settings.Name) ?? "",
            Description = change(settings.Description),
            Theme = change(settings.Theme),
        };

    private static ItemContent In(ItemContent content, Func<string?, string?> change) =>
        content with
        {
            Name = change(content.Name) ?? "",
            Description = change(content.Description),
            Category = change(content.Category),
            IconUrl = change(content.IconUrl),
        };

    private static Replaced<string>? In(Replaced<string>? text, Func<string?, string?> change) =>
        text is null ? null : new(change(text.Value));
}
