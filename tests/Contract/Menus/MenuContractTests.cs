using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

[Trait("Spec", "PM-1")]
public sealed class MenuContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_model_makes_a_menu_and_gets_it_whole()
    {
        var ana = await _server.Model("menu-maker");

        var made = await ana.MakeMenu(
            """
            {"name":"Quick <3 'Fun'","description":"For all","queue_mode":"ON","visibility":"private","theme":"gold",
             "whitelist_users":["cy","bo"]}
            """
        );

        Assert.Equal(MenuScenes.MenuMembers, made.Members);
        Assert.Matches("^[0-9a-f]{24}$", made["_id"]);
        Assert.Equal(
            ("menu-maker", "Quick <3 'Fun'", "For all", "ON", "private", "gold", "True", "1"),
            (
                made["model_id"],
                made["name"],
                made["description"],
                made["queue_mode"],
                made["visibility"],
                made["theme"],
                made["is_active"],
                made["version"]
            )
        );
        Assert.Equal("""["bo","cy"]""", made["whitelist_users"]);
        Assert.Equal("[]", made["menu_items"]);
        Assert.EndsWith("Z", made["created_at"], StringComparison.Ordinal);
        Assert.Equal(made["created_at"], made["updated_at"]);
        Assert.Equal(made.Text, (await ana.Get($"/menu/{made["_id"]}")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task What_is_left_out_takes_its_default()
    {
        var made = await (await _server.Model("menu-default")).MakeMenu();

        Assert.Equal(("OFF", "public", "[]"), (made["queue_mode"], made["visibility"], made["whitelist_users"]));
        Assert.True(made.IsNull("description") && made.IsNull("theme"));
    }

    [Fact]
    public async Task In_a_change_what_is_left_out_stays_and_null_takes_away()
    {
        var ana = await _server.Model("menu-changer");
        var made = await ana.MakeMenu(
            """{"name":"Fun","description":"Text","theme":"gold","whitelist_users":["bo"]}"""
        );
        var path = $"/menu/{made["_id"]}";

        var renamed = (await ana.Put(path, """{"name":"More fun"}""")).ShouldBe(200);
        Assert.Equal(("More fun", "Text", "gold", "2"), Texts(renamed));
        var cleared = (await ana.Put(path, """{"description":null,"theme":null,"queue_mode":"ON"}""")).ShouldBe(200);
        Assert.Equal(("More fun", "", "", "3"), Texts(cleared));
        Assert.True(cleared.IsNull("description") && cleared.IsNull("theme"));
        Assert.Equal(("ON", """["bo"]"""), (cleared["queue_mode"], cleared["whitelist_users"]));
        var same = (await ana.Put(path, """{"name":"More fun","theme":null}""")).ShouldBe(200);

        Assert.Equal("3", same["version"]);
        Assert.Equal(cleared.Text, (await ana.Get(path)).Text);

        static (string?, string?, string?, string?) Texts(Answer menu) =>
            (menu["name"], menu["description"], menu["theme"], menu["version"]);
    }

    [Fact]
    public async Task An_archived_menu_is_gone_for_buyers_and_stays_as_it_is_for_its_model()
    {
        var ana = await _server.Model("menu-archiver");
        var made = await ana.MakeMenu();
        var item = await ana.AddItem(made);
        var path = $"/menu/{made["_id"]}";
        (await _server.As("user").Get(path)).ShouldBe(200);

        var archived = (await ana.Delete(path)).ShouldBe(200);

        Assert.Equal("False", archived["is_active"]);
        Assert.Equal(archived.Text, (await ana.Delete(path)).ShouldBe(200).Text);
        Assert.Equal(archived.Text, (await ana.Get(path)).ShouldBe(200).Text);
        (await _server.As("user").Get(path)).ShouldRefuse(404, "MENU_NOT_FOUND");
        foreach (var client in new[] { ana, _server.Admin(), _server.As("user") })
        {
            var listed = (await client.Get("/menu/model/menu-archiver")).ShouldBe(200);
            Assert.Equal("""{"menus":[]}""", listed.Text);
        }
        (await ana.Put(path, """{"name":"x"}""")).ShouldRefuse(409, "MENU_ARCHIVED");
        (await ana.Post(path + "/items", """{"name":"x","token_value":1}""")).ShouldRefuse(409, "MENU_ARCHIVED");
        (await ana.Put($"{path}/items/{item["_id"]}", "{}")).ShouldRefuse(409, "MENU_ARCHIVED");
        (await ana.Delete($"{path}/items/{item["_id"]}")).ShouldRefuse(409, "MENU_ARCHIVED");
    }

    [Fact]
    public async Task A_model_s_menus_are_listed_in_the_order_in_which_they_were_made()
    {
        var ana = await _server.Model("menu-lister");
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            await ana.MakeMenu($$"""{"name":"{{name}}"}""");
        }

        var listed = (await _server.As("user").Get("/menu/model/menu-lister")).ShouldBe(200);

        Assert.Equal(["menus"], listed.Members);
        Assert.Equal(
            ["One", "Two", "Three"],
            listed
                .Json.GetProperty("menus")
                .EnumerateArray()
                .Select(static menu => menu.GetProperty("name").GetString())
        );
        (await _server.As("user").Get("/menu/model/nobody-here")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await _server.As("user").Get("/menu/model/a.b")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Fact]
    public async Task An_admin_manages_the_menus_of_any_model_by_name()
    {
        await _server.Model("menu-managed");
        var admin = _server.Admin();
        (await admin.Post("/menu", """{"name":"Fun"}""")).ShouldRefuse(400, "INVALID_MENU");
        (await admin.Post("/menu", """{"name":"Fun","model_id":7}""")).ShouldRefuse(400, "INVALID_MENU");
        (await admin.Post("/menu", """{"name":"Fun","model_id":"nobody-here"}""")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await admin.Post("/menu", """{"name":"Fun","model_id":"a.b"}""")).ShouldRefuse(404, "MODEL_NOT_FOUND");

        var made = (await admin.Post("/menu", """{"name":"Fun","model_id":"menu-managed"}""")).ShouldBe(200);

        Assert.Equal("menu-managed", made["model_id"]);
        var item = await admin.AddItem(made);
        Assert.Equal("menu-managed", item["model_id"]);
        (await admin.Put($"/menu/{made["_id"]}", """{"name":"Other"}""")).ShouldBe(200);
        (await admin.Put($"/menu/{made["_id"]}/items/{item["_id"]}", """{"token_value":9}""")).ShouldBe(200);
        (await admin.Delete($"/menu/{made["_id"]}/items/{item["_id"]}")).ShouldBe(200);
        (await admin.Delete($"/menu/{made["_id"]}")).ShouldBe(200);
    }

    [Fact]
    public async Task A_model_makes_menus_for_nobody_else()
    {
        var ana = await _server.Model("menu-own");
        await _server.Model("menu-other");

        (await ana.Post("/menu", """{"name":"Fun","model_id":"menu-other"}""")).ShouldRefuse(403, "FORBIDDEN");
        (await ana.Post("/menu", """{"name":"Fun","model_id":"menu-own"}""")).ShouldBe(200);
        (await _server.As("model", "menu-unregistered").Post("/menu", """{"name":"Fun"}""")).ShouldRefuse(
            404,
            "MODEL_NOT_FOUND"
        );
    }

    [Fact, Trait("Spec", "PM-1")]
    public async Task A_theme_comes_back_as_it_was_sent_a_name_or_an_object()
    {
        var ana = await _server.Model("themed");
        var made = await ana.MakeMenu("""{"name":"Fun","theme":{"primary":"#ff8800","dark":true}}""");
        var path = $"/menu/{made["_id"]}";
        Assert.Equal("""{"primary":"#ff8800","dark":true}""", made.Json.GetProperty("theme").GetRawText());
        Assert.Equal(made.Text, (await ana.Get(path)).ShouldBe(200).Text);

        Assert.Equal("gold", (await ana.Put(path, """{"theme":"gold"}""")).ShouldBe(200)["theme"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":" "}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"Fun","description":[]}""")]
    [InlineData("""{"name":"Fun","queue_mode":"on"}""")]
    [InlineData("""{"name":"Fun","queue_mode":true}""")]
    [InlineData("""{"name":"Fun","visibility":"secret"}""")]
    [InlineData("""{"name":"Fun","visibility":0}""")]
    [InlineData("""{"name":"Fun","theme":7}""")]
    [InlineData("""{"name":"Fun","theme":["gold"]}""")]
    [InlineData("""{"name":"Fun","theme":{"deep":{}}}""")]
    [InlineData("""{"name":"Fun","whitelist_users":"bo"}""")]
    [InlineData("""{"name":"Fun","whitelist_users":["b o"]}""")]
    [InlineData("""{"name":"Fun","whitelist_users":[null]}""")]
    [InlineData("""{"name":"Fun","whitelist_users":[7]}""")]
    public async Task A_menu_with_a_wrong_member_is_refused(string body)
    {
        var ana = await _server.Model("menu-careless");

        (await ana.Post("/menu", body)).ShouldRefuse(400, "INVALID_MENU");

        Assert.Equal("""{"menus":[]}""", (await ana.Get("/menu/model/menu-careless")).Text);
    }

    [Fact]
    public async Task Texts_and_the_whitelist_may_be_as_long_as_their_bounds_and_no_longer()
    {
        var ana = await _server.Model("menu-bounds");
        var (name, description, theme) = (new string('n', 100), new string('d', 1000), new string('t', 50));
        var users = string.Join("\",\"", Enumerable.Range(0, 1000).Select(static user => $"user-{user}"));
        string[] good = [Name(name), Member("description", description), Member("theme", theme), Users(users)];
        string[] bad = [Name(name + "n"), Member("description", description + "d"), Member("theme", theme + "t")];

        foreach (var body in good)
        {
            (await ana.Post("/menu", body)).ShouldBe(200);
        }
        foreach (var body in bad.Append(Users(users + "\",\"one-more")))
        {
            (await ana.Post("/menu", body)).ShouldRefuse(400, "INVALID_MENU");
        }

        static string Name(string text) => $$"""{"name":"{{text}}"}""";
        static string Member(string name, string text) => $$"""{"name":"Fun","{{name}}":"{{text}}"}""";
        static string Users(string list) => $$"""{"name":"Fun","whitelist_users":["{{list}}"]}""";
    }

    [Fact]
    public async Task A_model_has_fifty_menus_at_a_time()
    {
        var ana = await _server.Model("menu-fifty");
        var first = await ana.MakeMenu();
        for (var number = 2; number <= 50; number++)
        {
            await ana.MakeMenu();
        }

        (await ana.Post("/menu", """{"name":"Fun"}""")).ShouldRefuse(409, "TOO_MANY_MENUS");
        (await ana.Post("/menu/from-template/quick-fun")).ShouldRefuse(409, "TOO_MANY_MENUS");

        (await ana.Delete($"/menu/{first["_id"]}")).ShouldBe(200);
        await Eventually(async () => (await ana.Post("/menu", """{"name":"Fun"}""")).Status == 200);
    }

    [Fact]
    [Trait("Spec", "OP-6")]
    public async Task Menus_are_switched_off_while_everything_else_goes_on()
    {
        await using var server = await ApiServer.Start();
        var ana = await server.Model("ana");
        var menu = await ana.MakeMenu();

        (await server.Admin().Put("/api/v1/admin/features/menus", """{"enabled":false}""")).ShouldBe(200);

        (await ana.Get($"/menu/{menu["_id"]}")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await ana.Get("/menu/templates")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await ana.Post($"/menu/{menu["_id"]}/items", "{}")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await ana.Get("/api/v1/mood/ana")).ShouldBe(200);
    }

    /// <summary>The shelf hears of an archived menu right after the answer.</summary>
    private static Task Eventually(Func<Task<bool>> condition) => TestKit.Eventually.TrueAsync(condition);
}
