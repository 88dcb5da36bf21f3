using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Menus;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuDraftRulesTests
{
    private static readonly string[] ManyUsers = [.. Enumerable.Range(0, 1_001).Select(static user => $"user-{user}")];

    private static readonly MenuSettings Before = MenuDraftRules
        .Apply(
            MenuSettings.Default,
            new MenuDraft("Fun", "Text", QueueMode.On, MenuVisibility.Private, "gold", ["bo", "al"])
        )
        .Value!;

    public static readonly TheoryData<MenuDraft, Refusal> Refused = new()
    {
        { new MenuDraft(), MenuRefusals.MenuNameRequired },
        { new MenuDraft(""), MenuRefusals.InvalidMenuName },
        { new MenuDraft("  "), MenuRefusals.InvalidMenuName },
        { new MenuDraft("\u200B"), MenuRefusals.InvalidMenuName },
        { new MenuDraft("two\nlines"), MenuRefusals.InvalidMenuName },
        { new MenuDraft("two\u2028lines"), MenuRefusals.InvalidMenuName },
        { new MenuDraft(new string('n', 101)), MenuRefusals.InvalidMenuName },
        { new MenuDraft("n", new string('d', 1_001)), MenuRefusals.InvalidMenuDescription },
        { new MenuDraft("n", Theme: new string('t', 51)), MenuRefusals.InvalidTheme },
        { new MenuDraft("n", Theme: "a\nb"), MenuRefusals.InvalidTheme },
        { new MenuDraft("n", QueueMode: (QueueMode)2), MenuRefusals.InvalidQueueMode },
        { new MenuDraft("n", Visibility: (MenuVisibility)3), MenuRefusals.InvalidVisibility },
        { new MenuDraft("n", WhitelistUsers: ["bo", ""]), MenuRefusals.InvalidWhitelist },
        { new MenuDraft("n", WhitelistUsers: ["b o"]), MenuRefusals.InvalidWhitelist },
        { new MenuDraft("n", WhitelistUsers: ManyUsers), MenuRefusals.InvalidWhitelist },
    };

    public static readonly TheoryData<MenuDraft> Taken =
    [
        new MenuDraft("n"),
        new MenuDraft(new string('n', 100)),
        new MenuDraft(string.Concat(Enumerable.Repeat("🦊", 100))),
        new MenuDraft("n", new string('d', 1_000), Theme: new string('t', 50)),
        new MenuDraft("n", "", Theme: ""),
        new MenuDraft("n", "two\nlines"),
        new MenuDraft("n", WhitelistUsers: ManyUsers[1..]),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_draft_beyond_its_bounds_is_refused_with_its_reason(MenuDraft draft, Refusal refusal) =>
        Assert.Equal(refusal, MenuDraftRules.Apply(MenuSettings.Default, draft).Refusal);

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_draft_at_its_bounds_is_taken(MenuDraft draft) =>
        Assert.Null(MenuDraftRules.Apply(MenuSettings.Default, draft).Refusal);

    [Fact]
    public void What_is_left_out_stays_and_null_takes_away()
    {
        Assert.True(MenuDraftRules.Apply(Before, new MenuDraft()).Value!.IsSameAs(Before));

        var cleared = MenuDraftRules.Apply(Before, new MenuDraft(Description: (string?)null, Theme: (string?)null));

        Assert.Equal((null, null, "Fun"), (cleared.Value!.Description, cleared.Value.Theme, cleared.Value.Name));
        Assert.Empty(MenuDraftRules.Apply(Before, new MenuDraft(WhitelistUsers: [])).Value!.Whitelist);
    }

    [Fact]
    public void Texts_are_kept_as_typed_and_the_whitelist_in_order()
    {
        var draft = new MenuDraft(
            "<i>Fun</i> & more",
            "<script>alert(1)</script>Hi",
            WhitelistUsers: ["cy", "Al", "cy"]
        );

        var settings = MenuDraftRules.Apply(MenuSettings.Default, draft).Value!;

        Assert.Equal(("<i>Fun</i> & more", "<script>alert(1)</script>Hi"), (settings.Name, settings.Description));
        Assert.Equal(["Al", "cy"], settings.Whitelist);
    }
}
