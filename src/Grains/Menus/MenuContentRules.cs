using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;

namespace Actors.Grains.Menus;

/// <summary>What menus may say.</summary>
public static class MenuContentRules
{
    /// <summary>Why a change may not be saved for what it says; null when it may. Edits carry only what is new.</summary>
    public static Refusal? Refuse(MenuEvent? @event, ProhibitedContent prohibited) =>
        @event switch
        {
            MenuCreated created => OfMenu(prohibited, created.Settings.Name, created.Settings.Description)
                ?? created
                    .Items.Select(item => OfItem(prohibited, item.Content))
                    .FirstOrDefault(static refusal => refusal is not null),
            MenuEdited { Edit: var edit } => OfMenu(prohibited, edit.Name, edit.Description?.Value),
            MenuItemAdded added => OfItem(prohibited, added.Content),
            MenuItemEdited { Edit: var edit } => OfItem(
                prohibited,
                edit.Name,
                edit.Description?.Value,
                edit.Category?.Value
            ),
            _ => null,
        };

    private static Refusal? OfMenu(ProhibitedContent prohibited, params ReadOnlySpan<string?> texts) =>
        IsIn(texts, prohibited) ? MenuRefusals.ProhibitedMenuText : null;

    private static Refusal? OfItem(ProhibitedContent prohibited, ItemContent content) =>
        OfItem(prohibited, content.Name, content.Description, content.Category);

    private static Refusal? OfItem(ProhibitedContent prohibited, params ReadOnlySpan<string?> texts) =>
        IsIn(texts, prohibited) ? MenuRefusals.ProhibitedItemText : null;

    private static bool IsIn(ReadOnlySpan<string?> texts, ProhibitedContent prohibited)
    {
        foreach (var text in texts)
        {
            if (prohibited.IsIn(text))
            {
                return true;
            }
        }
        return false;
    }
}
