using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Menus;

/// <summary>What may be set of a menu.</summary>
public static class MenuDraftRules
{
    /// <summary>The settings with what is given put in; refused when the outcome would not do for a menu.</summary>
    public static Outcome<MenuSettings> Apply(MenuSettings before, MenuDraft draft)
    {
        if (Refuse(before, draft) is { } refusal)
        {
            return refusal;
        }
        return new MenuSettings(
            MenuText.Name(draft.Name) ?? before.Name,
            draft.Description.IsGiven ? MenuText.Description(draft.Description.Value).Kept : before.Description,
            draft.QueueMode ?? before.QueueMode,
            draft.Visibility ?? before.Visibility,
            draft.Theme.IsGiven ? ThemeOf(draft) : before.Theme,
            draft.WhitelistUsers is { } users ? Ordered(users) : before.Whitelist
        );
    }

    private static Refusal? Refuse(MenuSettings before, MenuDraft draft) =>
        draft.Name is null && before.Name.Length == 0 ? MenuRefusals.MenuNameRequired
        : draft.Name is { } name && MenuText.Name(name) is null ? MenuRefusals.InvalidMenuName
        : MenuText.Description(draft.Description.Value).IsTooLong ? MenuRefusals.InvalidMenuDescription
        : draft.QueueMode is { } mode && !Enum.IsDefined(mode) ? MenuRefusals.InvalidQueueMode
        : draft.Visibility is { } visibility && !Enum.IsDefined(visibility) ? MenuRefusals.InvalidVisibility
        : !MenuTheme.TryRead(draft.Theme.Value, out _) ? MenuRefusals.InvalidTheme
        : draft.WhitelistUsers is { } users && !AreUsers(users) ? MenuRefusals.InvalidWhitelist
        : null;

    private static string? ThemeOf(MenuDraft draft) => MenuTheme.TryRead(draft.Theme.Value, out var kept) ? kept : null;

    private static bool AreUsers(IReadOnlyList<string> users) =>
        users.Count <= MenuLimits.WhitelistedUsers && users.All(Identifier.IsValid);

    private static ImmutableArray<string> Ordered(IReadOnlyList<string> users) =>
        [.. users.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
