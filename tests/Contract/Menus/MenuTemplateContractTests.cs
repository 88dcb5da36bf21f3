using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

[Trait("Spec", "PM-2")]
public sealed class MenuTemplateContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("quick-fun", "Quick Fun", "OFF", "public")]
    [InlineData("private-energy", "Private Energy", "ON", "public")]
    [InlineData("vip-experience", "VIP Experience", "ON", "subscribers_only")]
    public async Task A_menu_is_made_from_a_template_as_it_is_shown(
        string template,
        string name,
        string mode,
        string visibility
    )
    {
        var ana = await _server.Model("template-" + template);
        var shown = (await ana.Get("/menu/templates"))
            .ShouldBe(200)
            .Json.GetProperty("templates")
            .EnumerateArray()
            .Single(one => one.GetProperty("template").GetString() == template);

        var made = (await ana.Post("/menu/from-template/" + template)).ShouldBe(200);

        Assert.Equal(MenuScenes.MenuMembers, made.Members);
        Assert.Equal(
            (name, mode, visibility, "template-" + template, "1"),
            (made["name"], made["queue_mode"], made["visibility"], made["model_id"], made["version"])
        );
        Assert.Equal(7, made.ItemNames().Count());
        foreach (
            var (offered, item) in shown
                .GetProperty("menu_items")
                .EnumerateArray()
                .Zip(made.Json.GetProperty("menu_items").EnumerateArray())
        )
        {
            Assert.All(
                offered.EnumerateObject(),
                member => Assert.Equal(member.Value.GetRawText(), item.GetProperty(member.Name).GetRawText())
            );
        }
        Assert.Equal(made.Text, (await ana.Get($"/menu/{made["_id"]}")).ShouldBe(200).Text);
        // It is the model's own from then on.
        var first = made.Item(0).GetProperty("_id").GetString();
        (await ana.Put($"/menu/{made["_id"]}/items/{first}", """{"token_value":11}""")).ShouldBe(200);
        (await ana.Put($"/menu/{made["_id"]}", """{"name":"My own"}""")).ShouldBe(200);
    }

    [Fact]
    public async Task There_are_three_templates_of_seven_items_the_first_cheaper_than_the_others_throughout()
    {
        var templates = (await _server.Admin().Get("/menu/templates"))
            .Json.GetProperty("templates")
            .EnumerateArray()
            .Select(static one =>
                (
                    Name: one.GetProperty("template").GetString(),
                    Items: one.GetProperty("menu_items").EnumerateArray().ToArray()
                )
            )
            .ToArray();

        Assert.Equal(["quick-fun", "private-energy", "vip-experience"], templates.Select(static one => one.Name));
        Assert.All(
            templates,
            static one =>
            {
                Assert.Equal(
                    7,
                    one.Items.Select(static item => item.GetProperty("name").GetString()).Distinct().Count()
                );
                Assert.Equal(
                    Enumerable.Range(1, 7),
                    one.Items.Select(static item => item.GetProperty("display_order").GetInt32())
                );
            }
        );
        Assert.True(
            Prices(templates[0].Items).Max() < templates.Skip(1).SelectMany(static one => Prices(one.Items)).Min()
        );
    }

    [Fact]
    public async Task An_admin_names_the_model_and_a_model_only_herself()
    {
        var ana = await _server.Model("template-own");
        await _server.Model("template-other");
        const string path = "/menu/from-template/quick-fun";
        (await _server.Admin().Post(path, "{}")).ShouldRefuse(400, "INVALID_MENU");
        (await _server.Admin().Post(path)).ShouldRefuse(400, "INVALID_MENU");
        (await _server.Admin().Post(path, """{"model_id":"nobody-here"}""")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await _server.Admin().Post(path, """{"model_id":"template-own"}""")).ShouldBe(200);
        (await ana.Post(path, """{"model_id":"template-other"}""")).ShouldRefuse(403, "FORBIDDEN");
        (await ana.Post(path, """{"model_id":[]}""")).ShouldRefuse(400, "INVALID_MENU");
        (await ana.Send(HttpMethod.Post, path, "{}", "text/plain")).ShouldRefuse(415, "UNSUPPORTED_MEDIA_TYPE");
        (await _server.As("model", "template-nobody").Post(path)).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Theory]
    [InlineData("quick")]
    [InlineData("Quick-Fun")]
    [InlineData("items")]
    public async Task A_template_that_is_not_there_is_not_found(string name)
    {
        var ana = await _server.Model("template-seeker");

        (await ana.Post("/menu/from-template/" + name)).ShouldRefuse(404, "MENU_TEMPLATE_NOT_FOUND");
    }

    private static IEnumerable<long> Prices(IEnumerable<JsonElement> items) =>
        items.Select(static item => item.GetProperty("token_value").GetInt64());
}
