using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.Menus;

/// <summary>What may be set of an item.</summary>
public static class ItemDraftRules
{
    /// <summary>The content with what is given put in; refused when the outcome would not do for an item.</summary>
    public static Outcome<ItemContent> Apply(ItemContent before, MenuItemDraft draft, MenuOptions options)
    {
        if ((RefuseTexts(before, draft) ?? RefuseNumbers(draft) ?? RefusePoints(before, draft, options)) is { } refusal)
        {
            return refusal;
        }
        return new ItemContent(
            MenuText.Name(draft.Name) ?? before.Name,
            draft.Description.IsGiven ? MenuText.Description(draft.Description.Value).Kept : before.Description,
            draft.TokenValue ?? before.TokenValue,
            draft.BonusLoyaltyPoints ?? before.BonusLoyaltyPoints,
            draft.Device.Or(before.Device),
            draft.IsActive ?? before.IsActive,
            draft.DisplayOrder ?? before.DisplayOrder,
            draft.Category.IsGiven
                ? PlainText.Read(draft.Category.Value, MenuLimits.CategoryLength).Kept
                : before.Category,
            draft.IconUrl.IsGiven ? AddressOf(draft.IconUrl.Value) : before.IconUrl,
            draft.MaxDailyPurchases.Or(before.MaxDailyPurchases)
        );
    }

    private static Refusal? RefuseTexts(ItemContent before, MenuItemDraft draft) =>
        before.Name.Length == 0 && (draft.Name is null || draft.TokenValue is null) ? MenuRefusals.ItemIncomplete
        : draft.Name is { } name && MenuText.Name(name) is null ? MenuRefusals.InvalidItemName
        : MenuText.Description(draft.Description.Value).IsTooLong ? MenuRefusals.InvalidItemDescription
        : !MenuText.IsLineOrNothing(draft.Category.Value, MenuLimits.CategoryLength) ? MenuRefusals.InvalidCategory
        : draft.IconUrl.Value is { } url && AddressOf(url) is null ? MenuRefusals.InvalidIconUrl
        : null;

    private static Refusal? RefuseNumbers(MenuItemDraft draft) =>
        draft.TokenValue is < 1 or > MenuLimits.TokenValue ? MenuRefusals.InvalidTokenValue
        : draft.BonusLoyaltyPoints is < 0 or > MenuLimits.BonusLoyaltyPoints ? MenuRefusals.InvalidBonusLoyaltyPoints
        : draft.DisplayOrder is < 0 or > MenuLimits.DisplayOrder ? MenuRefusals.InvalidDisplayOrder
        : draft.MaxDailyPurchases.Value is < 1 or > MenuLimits.DailyPurchases ? MenuRefusals.InvalidMaxDailyPurchases
        : draft.Device.Value is { } device && !IsSafe(device) ? MenuRefusals.InvalidDeviceActivation
        : null;

    /// <summary>Points are worth something to who collects them: an item that gives them away would be bought for nothing else.</summary>
    private static Refusal? RefusePoints(ItemContent before, MenuItemDraft draft, MenuOptions options)
    {
        if (draft.TokenValue is null && draft.BonusLoyaltyPoints is null)
        {
            return null;
        }
        var (price, points) = (
            draft.TokenValue ?? before.TokenValue,
            draft.BonusLoyaltyPoints ?? before.BonusLoyaltyPoints
        );
        return points > price * options.LoyaltyPointsPerToken
            ? MenuRefusals.TooManyLoyaltyPoints(options.LoyaltyPointsPerToken)
            : null;
    }

    /// <summary>A duration of 0 is none: a device that is told 0 never stops.</summary>
    private static bool IsSafe(DeviceActivation device) =>
        device.TimingOffset is >= 0 and <= MenuLimits.TimingOffsetSeconds
        && device.Duration is >= 1 and <= MenuLimits.DurationSeconds
        && device.Intensity is >= 0 and <= MenuLimits.Intensity
        && (device.Pattern is null || MenuLimits.Patterns.Contains(device.Pattern));

    private static string? AddressOf(string? typed) =>
        typed is null ? null : MenuText.WebAddress(typed, MenuLimits.IconUrlLength);
}
