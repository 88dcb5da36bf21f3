using System.Text;
using System.Text.Json;
using Actors.GrainInterfaces.Menus;
using Actors.Grains.Durability;
using Actors.Grains.Menus;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

/// <summary>A change writes what changed, and nothing that stayed.</summary>
[Trait("Spec", "PM-1"), Trait("Spec", "SE-1")]
public sealed class MenuEditTests
{
    private static readonly string[] Everybody = [.. Enumerable.Range(0, 1000).Select(static i => $"user-{i:D10}")];

    [Fact]
    public void A_small_change_of_a_large_menu_is_a_small_event()
    {
        var menu = Made(new MenuDraft("Fun", new string('d', 500), WhitelistUsers: Everybody), Full);

        var renamed = Json(MenuRules.Decide(menu, new ChangeMenu(Ana, new MenuDraft("Fin")), Noon).Value!);
        var listed = Json(
            MenuRules
                .Decide(menu, new ChangeMenu(Ana, new MenuDraft(WhitelistUsers: [.. Everybody.Skip(1), "ben"])), Noon)
                .Value!
        );
        var priced = Json(
            MenuRules
                .Decide(
                    menu,
                    new ChangeMenuItem(Ana, menu.Items[0].ItemId, new MenuItemDraft(TokenValue: 51)),
                    Noon,
                    Usual
                )
                .Value!
        );

        Assert.InRange(renamed.Length, 1, 250);
        Assert.InRange(listed.Length, 1, 250);
        Assert.InRange(priced.Length, 1, 250);
        Assert.DoesNotContain("ddd", renamed, StringComparison.Ordinal);
        Assert.Contains(
            "\"whitelisted\":[\"ben\"],\"unlisted\":[\"user-0000000000\"]",
            listed,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Whatever_changes_an_edit_leads_from_before_to_after_also_when_it_was_written_and_read()
    {
        var chance = new Random(11);
        var (settings, content) = (Settings(chance), Content(chance));
        for (var i = 0; i < 2_000; i++)
        {
            var (nextSettings, nextContent) = (Settings(chance), Content(chance));
            var edited = Read(new MenuEdited(Noon, Ana, SettingsEdit.Between(settings, nextSettings)));
            var itemEdited = Read(new MenuItemEdited(Noon, Ana, ItemId, ContentEdit.Between(content, nextContent)));

            Assert.True(edited.Edit.ApplyTo(settings).IsSameAs(nextSettings));
            Assert.Equal(nextContent, itemEdited.Edit.ApplyTo(content));
            (settings, content) = (nextSettings, nextContent);
        }
    }

    [Fact]
    public void Events_that_carry_the_whole_are_read_as_they_were_written()
    {
        var menu = Made(new MenuDraft("Fun", "All of it"), Full);
        const string changed = """
            {"type":"menu.changed.v1","settings":{"name":"Other","queueMode":"ON","visibility":"private","whitelist":["ben"]},
             "at":"2026-03-01T12:00:00+00:00","actor":{"role":"Model","id":"ana"}}
            """;
        var itemChanged = $$"""
            {"type":"menu.item-changed.v1","itemId":"{{menu.Items[0].ItemId}}","content":{"name":"Dance","tokenValue":7,
             "bonusLoyaltyPoints":0,"isActive":false,"displayOrder":2},"actor":{"role":"Model","id":"ana"},"at":"2026-03-01T12:00:00+00:00"}
            """;

        menu = MenuRules.Evolve(menu, JsonSerializer.Deserialize(changed, MenuJson.Default.MenuEvent)!);
        menu = MenuRules.Evolve(menu, JsonSerializer.Deserialize(itemChanged, MenuJson.Default.MenuEvent)!);

        Assert.True(
            menu.Settings.IsSameAs(new("Other", null, QueueMode.On, MenuVisibility.Private, null, ["ben"])),
            menu.Settings.ToString()
        );
        Assert.Equal(new ItemContent("Dance", null, 7, 0, null, false, 2, null, null, null), menu.Items[0].Content);
    }

    private static string Json(MenuEvent @event) =>
        Encoding.UTF8.GetString(new EventWriter<MenuEvent>(MenuJson.Default.MenuEvent).Write(@event));

    private static T Read<T>(T @event)
        where T : MenuEvent => (T)JsonSerializer.Deserialize(Json(@event), MenuJson.Default.MenuEvent)!;

    private static MenuSettings Settings(Random chance) =>
        new(
            $"name {chance.Next(2)}",
            Text(chance),
            (QueueMode)chance.Next(2),
            (MenuVisibility)chance.Next(3),
            Text(chance),
            [.. Everybody.Take(6).Where(_ => chance.Next(2) == 0)]
        );

    private static ItemContent Content(Random chance) =>
        new(
            $"name {chance.Next(2)}",
            Text(chance),
            chance.Next(1, 3),
            chance.Next(2),
            chance.Next(2) == 0 ? null : Pulse with { Duration = chance.Next(1, 3) },
            chance.Next(2) == 0,
            chance.Next(2),
            Text(chance),
            Text(chance),
            chance.Next(2) == 0 ? null : chance.Next(1, 3)
        );

    private static string? Text(Random chance) => chance.Next(3) is var text and > 0 ? $"text {text}" : null;
}
