using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Menus;

namespace Actors.Grains.Tests.Menus;

/// <summary>Menus and commands that tests of menus start from.</summary>
internal static class MenuScenes
{
    public const string MenuId = "507f1f77bcf86cd799439011";
    public const string ItemId = "507f1f77bcf86cd799439012";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Ana = new(ActorRole.Model, "ana");
    public static readonly Actor Root = new(ActorRole.Admin, "root");
    public static readonly MenuOptions Usual = new();

    public static readonly DeviceActivation Pulse = new(0, 5, 10, "pulse");

    public static readonly MenuItemDraft Full = new(
        "Song",
        "A song of yours",
        50,
        30,
        Pulse,
        true,
        1,
        "music",
        "https://icons.example/song.png",
        10
    );

    public static MenuItemDraft Plain(string name = "Song", long tokens = 50) => new(name, TokenValue: tokens);

    public static CreateMenu Making(MenuDraft? draft = null, params MenuItemDraft[] items) =>
        new(Ana, ModelId.Parse("ana"), draft ?? new MenuDraft("Fun"), items);

    public static Menu Made(MenuDraft? draft = null, params MenuItemDraft[] items) =>
        After(Menu.None, MenuRules.Decide(Menu.None, MenuId, Making(draft, items), Noon, Usual));

    public static Menu After(Menu menu, GrainInterfaces.Outcomes.Outcome<MenuEvent?> decision)
    {
        Assert.Null(decision.Refusal);
        return MenuRules.Evolve(menu, decision.Value!);
    }

    /// <summary>An id that no other test has.</summary>
    public static string IdOf(string text) => MenuIdentifier.From("test", text);
}
