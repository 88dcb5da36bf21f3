using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuItemContractTests(SharedServer shared)
{
    private const string Whole = """
        {"name":"Song","description":"Yours","token_value":50,"bonus_loyalty_points":30,
         "lovense_activation":{"timing_offset":1,"duration":5,"intensity":10,"pattern":"pulse"},"is_active":true,
         "display_order":3,"category":"music","icon_url":"https://icons.example/a.png","max_daily_purchases":10}
        """;

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task An_item_is_added_and_stands_in_its_menu()
    {
        var ana = await _server.Model("item-adder");
        var menu = await ana.MakeMenu();

        var item = await ana.AddItem(menu, Whole);

        Assert.Equal(MenuScenes.ItemMembers, item.Members);
        Assert.Matches("^[0-9a-f]{24}$", item["_id"]);
        Assert.Equal(
            ("Song", "Yours", "50", "30", "True", "3", "music", "https://icons.example/a.png", "10"),
            (
                item["name"],
                item["description"],
                item["token_value"],
                item["bonus_loyalty_points"],
                item["is_active"],
                item["display_order"],
                item["category"],
                item["icon_url"],
                item["max_daily_purchases"]
            )
        );
        Assert.Equal(
            """{"timing_offset":1,"duration":5,"intensity":10,"pattern":"pulse"}""",
            item["lovense_activation"]
        );
        Assert.Equal((menu["_id"], "item-adder", "2"), (item["menu_id"], item["model_id"], item["version"]));
        var read = (await _server.As("user").Get($"/menu/{menu["_id"]}")).ShouldBe(200);
        Assert.Equal("2", read["version"]);
        Assert.Equal(item.Text, read.Item(0).GetRawText());
    }

    [Fact]
    public async Task In_a_change_what_is_left_out_stays_and_null_takes_away()
    {
        var ana = await _server.Model("item-changer");
        var menu = await ana.MakeMenu();
        var item = await ana.AddItem(menu, Whole);
        var path = $"/menu/{menu["_id"]}/items/{item["_id"]}";

        var priced = (await ana.Put(path, """{"token_value":60}""")).ShouldBe(200);
        Assert.Equal(
            (item.Text.Replace("\"token_value\":50", "\"token_value\":60", StringComparison.Ordinal), "3"),
            (AsBefore(priced), priced["version"])
        );
        var cleared = await ana.Put(
            path,
            """{"description":null,"lovense_activation":null,"category":null,"icon_url":null,"max_daily_purchases":null}"""
        );
        Assert.All(
            ["description", "lovense_activation", "category", "icon_url", "max_daily_purchases"],
            member => Assert.True(cleared.ShouldBe(200).IsNull(member), member)
        );
        Assert.Equal(("Song", "60", "30", "3"), Rest(cleared));
        // What an item cannot be without is not taken away by null.
        var stays = (await ana.Put(path, """{"name":null,"token_value":null,"is_active":null}""")).ShouldBe(200);
        Assert.Equal(cleared.Text, stays.Text);

        string AsBefore(Answer answer) =>
            answer
                .Text.Replace($"\"version\":{answer["version"]}", "\"version\":2", StringComparison.Ordinal)
                .Replace(answer["updated_at"]!, item["updated_at"], StringComparison.Ordinal);

        static (string?, string?, string?, string?) Rest(Answer answer) =>
            (answer["name"], answer["token_value"], answer["bonus_loyalty_points"], answer["display_order"]);
    }

    [Fact]
    public async Task An_item_is_taken_away_once()
    {
        var ana = await _server.Model("item-remover");
        var menu = await ana.MakeMenu();
        var item = await ana.AddItem(menu);
        var path = $"/menu/{menu["_id"]}/items/{item["_id"]}";

        Assert.Equal(item.Text, (await ana.Delete(path)).ShouldBe(200).Text);

        (await ana.Delete(path)).ShouldRefuse(404, "ITEM_NOT_FOUND");
        (await ana.Put(path, """{"token_value":1}""")).ShouldRefuse(404, "ITEM_NOT_FOUND");
        Assert.Empty((await ana.Get($"/menu/{menu["_id"]}")).ItemNames());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("507F1F77BCF86CD799439011")]
    [InlineData(MenuScenes.Unknown)]
    public async Task An_item_that_is_not_there_is_not_found(string id)
    {
        var ana = await _server.Model("item-seeker");
        var menu = await ana.MakeMenu("""{"name":"Fun","idempotency_key":"one"}""");

        (await ana.Put($"/menu/{menu["_id"]}/items/{id}", "{}")).ShouldRefuse(404, "ITEM_NOT_FOUND");
        (await ana.Delete($"/menu/{menu["_id"]}/items/{id}")).ShouldRefuse(404, "ITEM_NOT_FOUND");
    }

    [Theory]
    [InlineData("name", "\"\"")]
    [InlineData("name", "7")]
    [InlineData("description", "{}")]
    [InlineData("token_value", "0")]
    [InlineData("token_value", "-5")]
    [InlineData("token_value", "1000000001")]
    [InlineData("token_value", "1.5")]
    [InlineData("token_value", "\"50\"")]
    [InlineData("token_value", "1e2000")]
    [InlineData("token_value", "99999999999999999999")]
    [InlineData("bonus_loyalty_points", "-1")]
    [InlineData("bonus_loyalty_points", "1000000001")]
    [InlineData("is_active", "\"yes\"")]
    [InlineData("display_order", "-1")]
    [InlineData("display_order", "10001")]
    [InlineData("category", "[]")]
    [InlineData("icon_url", "\"http://icons.example/a.png\"")]
    [InlineData("icon_url", "\"javascript:alert(1)\"")]
    [InlineData("icon_url", "true")]
    [InlineData("max_daily_purchases", "0")]
    [InlineData("max_daily_purchases", "1001")]
    [InlineData("max_daily_purchases", "2.5")]
    [InlineData("lovense_activation", "7")]
    [InlineData("lovense_activation", "[]")]
    [InlineData("lovense_activation", "{}")]
    [InlineData("lovense_activation", """{"duration":5}""")]
    [InlineData("lovense_activation", """{"intensity":5}""")]
    [InlineData("lovense_activation", """{"duration":0,"intensity":5}""")]
    [InlineData("lovense_activation", """{"duration":601,"intensity":5}""")]
    [InlineData("lovense_activation", """{"duration":5,"intensity":21}""")]
    [InlineData("lovense_activation", """{"duration":5,"intensity":-1}""")]
    [InlineData("lovense_activation", """{"duration":5,"intensity":5,"timing_offset":301}""")]
    [InlineData("lovense_activation", """{"duration":5,"intensity":5,"timing_offset":-1}""")]
    [InlineData("lovense_activation", """{"duration":5,"intensity":5,"pattern":"storm"}""")]
    [InlineData("lovense_activation", """{"duration":"5","intensity":5}""")]
    public async Task An_item_with_a_wrong_member_is_refused_and_nothing_changes(string member, string value)
    {
        var ana = await _server.Model("item-careless");
        var menu = await ana.MakeMenu("""{"name":"Fun","idempotency_key":"one"}""");
        var item = await ana.AddItem(menu, """{"name":"Song","token_value":50,"idempotency_key":"one"}""");
        var path = $"/menu/{menu["_id"]}/items";
        var adding = member switch
        {
            "name" => $$"""{"token_value":5,"name":{{value}}}""",
            "token_value" => $$"""{"name":"Song","token_value":{{value}}}""",
            _ => $$"""{"name":"Song","token_value":5,"{{member}}":{{value}}}""",
        };

        var refused = (await ana.Post(path, adding)).ShouldRefuse(400, "INVALID_ITEM");
        (await ana.Put($"{path}/{item["_id"]}", $$"""{"{{member}}":{{value}}}""")).ShouldRefuse(400, "INVALID_ITEM");

        Assert.StartsWith(member, refused["message"], StringComparison.Ordinal);
        Assert.Equal("2", (await ana.Get($"/menu/{menu["_id"]}"))["version"]);
    }

    [Theory]
    [InlineData(
        """{"name":"Song","token_value":1,"bonus_loyalty_points":0,"display_order":0,"max_daily_purchases":1}"""
    )]
    [InlineData(
        """{"name":"Song","token_value":1000000000,"bonus_loyalty_points":1000000000,"display_order":10000,"max_daily_purchases":1000}"""
    )]
    [InlineData("""{"name":"Song","token_value":5,"lovense_activation":{"duration":1,"intensity":0}}""")]
    [InlineData(
        """{"name":"Song","token_value":5,"lovense_activation":{"timing_offset":300,"duration":600,"intensity":20,"pattern":"earthquake"}}"""
    )]
    [InlineData("""{"name":"Song","token_value":5,"lovense_activation":null,"max_daily_purchases":null}""")]
    public async Task An_item_at_its_bounds_is_taken(string body)
    {
        var ana = await _server.Model("item-bounds");

        await ana.AddItem(await ana.MakeMenu("""{"name":"Fun","idempotency_key":"one"}"""), body);
    }

    [Fact]
    public async Task An_item_needs_a_name_and_a_price()
    {
        var ana = await _server.Model("item-incomplete");
        var path = $"/menu/{(await ana.MakeMenu())["_id"]}/items";
        foreach (var body in new[] { "{}", """{"name":"Song"}""", """{"token_value":5}""" })
        {
            (await ana.Post(path, body)).ShouldRefuse(400, "INVALID_ITEM");
        }
    }

    [Fact]
    public async Task A_menu_has_a_hundred_items()
    {
        var ana = await _server.Model("item-hundred");
        var menu = await ana.MakeMenu();
        for (var number = 1; number <= 100; number++)
        {
            await ana.AddItem(menu);
        }

        (await ana.Post($"/menu/{menu["_id"]}/items", """{"name":"Song","token_value":5}""")).ShouldRefuse(
            409,
            "TOO_MANY_ITEMS"
        );
    }

    [Fact]
    public async Task Items_of_a_menu_that_is_not_there_are_not_found()
    {
        var admin = _server.Admin();
        foreach (var menu in new[] { MenuScenes.Unknown, "nonsense" })
        {
            var path = $"/menu/{menu}/items";
            (await admin.Post(path, """{"name":"Song","token_value":5}""")).ShouldRefuse(404, "MENU_NOT_FOUND");
            (await admin.Put($"{path}/{MenuScenes.Unknown}", "{}")).ShouldRefuse(404, "MENU_NOT_FOUND");
            (await admin.Delete($"{path}/{MenuScenes.Unknown}")).ShouldRefuse(404, "MENU_NOT_FOUND");
        }
    }
}
