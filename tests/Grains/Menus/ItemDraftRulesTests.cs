using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Menus;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class ItemDraftRulesTests
{
    private static readonly MenuItemDraft Good = Plain();

    public static readonly TheoryData<MenuItemDraft, Refusal> Refused = new()
    {
        { new MenuItemDraft(), MenuRefusals.ItemIncomplete },
        { new MenuItemDraft("Song"), MenuRefusals.ItemIncomplete },
        { new MenuItemDraft(TokenValue: 5), MenuRefusals.ItemIncomplete },
        { Good with { Name = "" }, MenuRefusals.InvalidItemName },
        { Good with { Name = "a\nb" }, MenuRefusals.InvalidItemName },
        { Good with { Name = new string('n', 101) }, MenuRefusals.InvalidItemName },
        { Good with { Description = new string('d', 1_001) }, MenuRefusals.InvalidItemDescription },
        { Good with { TokenValue = 0 }, MenuRefusals.InvalidTokenValue },
        { Good with { TokenValue = -1 }, MenuRefusals.InvalidTokenValue },
        { Good with { TokenValue = 1_000_000_001 }, MenuRefusals.InvalidTokenValue },
        { Good with { BonusLoyaltyPoints = -1 }, MenuRefusals.InvalidBonusLoyaltyPoints },
        { Good with { BonusLoyaltyPoints = 1_000_000_001 }, MenuRefusals.InvalidBonusLoyaltyPoints },
        { Good with { DisplayOrder = -1 }, MenuRefusals.InvalidDisplayOrder },
        { Good with { DisplayOrder = 10_001 }, MenuRefusals.InvalidDisplayOrder },
        { Good with { Category = new string('c', 51) }, MenuRefusals.InvalidCategory },
        { Good with { Category = "a\nb" }, MenuRefusals.InvalidCategory },
        { Good with { MaxDailyPurchases = (int?)0 }, MenuRefusals.InvalidMaxDailyPurchases },
        { Good with { MaxDailyPurchases = (int?)1_001 }, MenuRefusals.InvalidMaxDailyPurchases },
        { Good with { Device = Pulse with { TimingOffset = -1 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { TimingOffset = 301 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Duration = 0 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Duration = 601 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Intensity = -1 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Intensity = 21 } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Pattern = "Pulse" } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { Device = Pulse with { Pattern = "" } }, MenuRefusals.InvalidDeviceActivation },
        { Good with { IconUrl = "http://icons.example/a.png" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = "javascript:alert(1)" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = "//icons.example/a.png" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = "" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = "https://" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = "https://me:secret@icons.example/a.png" }, MenuRefusals.InvalidIconUrl },
        { Good with { IconUrl = Url(501) }, MenuRefusals.InvalidIconUrl },
    };

    public static readonly TheoryData<MenuItemDraft> Taken =
    [
        Good with
        {
            Name = new string('n', 100),
            Description = new string('d', 1_000),
            Category = new string('c', 50),
        },
        Good with
        {
            TokenValue = 1,
            BonusLoyaltyPoints = 0,
            DisplayOrder = 0,
            MaxDailyPurchases = (int?)1,
        },
        Good with
        {
            TokenValue = 1_000_000_000,
            BonusLoyaltyPoints = 1_000_000_000,
            DisplayOrder = 10_000,
            MaxDailyPurchases = (int?)1_000,
        },
        Good with
        {
            Device = new DeviceActivation(0, 1, 0, null),
        },
        Good with
        {
            Device = new DeviceActivation(300, 600, 20, "earthquake"),
        },
        Good with
        {
            IconUrl = Url(500),
        },
        Good with
        {
            Category = "",
            Description = "",
        },
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_draft_beyond_its_bounds_is_refused_with_its_reason(MenuItemDraft draft, Refusal refusal) =>
        Assert.Equal(refusal, ItemDraftRules.Apply(ItemContent.Default, draft, Usual).Refusal);

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_draft_at_its_bounds_is_taken(MenuItemDraft draft) =>
        Assert.Null(ItemDraftRules.Apply(ItemContent.Default, draft, Usual).Refusal);

    [Fact]
    public void What_is_left_out_stays_and_null_takes_away()
    {
        var before = ItemDraftRules.Apply(ItemContent.Default, Full, Usual).Value!;
        Assert.Equal(before, ItemDraftRules.Apply(before, new MenuItemDraft(), Usual).Value);

        var cleared = new MenuItemDraft(
            Description: (string?)null,
            Device: (DeviceActivation?)null,
            Category: (string?)null,
            IconUrl: (string?)null,
            MaxDailyPurchases: (int?)null
        );

        Assert.Equal(
            new ItemContent("Song", null, 50, 30, null, true, 1, null, null, null),
            ItemDraftRules.Apply(before, cleared, Usual).Value
        );
    }

    [Fact]
    public void An_item_can_be_bought_as_often_as_one_likes_and_is_active_unless_told_otherwise() =>
        Assert.Equal(
            new ItemContent("Song", null, 50, 0, null, true, 0, null, null, null),
            ItemDraftRules.Apply(ItemContent.Default, Plain(), Usual).Value
        );

    [Fact]
    public void An_address_holds_nothing_that_a_page_could_take_for_markup() =>
        Assert.Equal(
            "https://icons.example/%22%3E%3Cb%20c=%27",
            ItemDraftRules
                .Apply(ItemContent.Default, Good with { IconUrl = "https://icons.example/\"><b c='" }, Usual)
                .Value!.IconUrl
        );

    private static string Url(int length) => "https://icons.example/".PadRight(length, 'a');

    [Fact, Trait("Spec", "PM-1")]
    public void An_item_awards_so_many_points_for_each_token_and_no_more_whichever_of_them_changes()
    {
        var three = Usual with { LoyaltyPointsPerToken = 3 };
        var draft = Plain() with { TokenValue = 5, BonusLoyaltyPoints = 15 };
        var item = ItemDraftRules.Apply(ItemContent.Default, draft, three).Value!;

        Assert.Equal(MenuRefusals.TooManyLoyaltyPoints(3), Changed(new MenuItemDraft(BonusLoyaltyPoints: 16)));
        Assert.Equal(MenuRefusals.TooManyLoyaltyPoints(3), Changed(new MenuItemDraft(TokenValue: 4)));
        Assert.Null(Changed(new MenuItemDraft(TokenValue: 6, BonusLoyaltyPoints: 18)));
        var generous = item with { BonusLoyaltyPoints = 1_000 };
        Assert.Null(ItemDraftRules.Apply(generous, new MenuItemDraft("Another name"), three).Refusal);

        Refusal? Changed(MenuItemDraft change) => ItemDraftRules.Apply(item, change, three).Refusal;
    }
}
