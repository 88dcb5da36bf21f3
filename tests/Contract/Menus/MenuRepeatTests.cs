using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

/// <summary>What a request that is sent again with its idempotency key comes to.</summary>
[Trait("Spec", "PM-1")]
public sealed class MenuRepeatTests(SharedServer shared)
{
    private const string Keyed = """{"name":"Fun","idempotency_key":"the key"}""";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task The_same_key_makes_one_menu_whether_it_is_in_the_body_or_in_the_header()
    {
        var ana = await _server.Model("repeat-menu");
        var first = await ana.MakeMenu(Keyed);
        (await ana.Put($"/menu/{first["_id"]}", """{"name":"Renamed"}""")).ShouldBe(200);

        var again = await ana.MakeMenu(Keyed);
        var byHeader = await Post(ana, "/menu", """{"name":"Fun"}""", "the key");

        Assert.Equal((first["_id"], "Renamed"), (again["_id"], again["name"]));
        Assert.Equal(again.Text, byHeader.ShouldBe(200).Text);
        var listed = (await ana.Get("/menu/model/repeat-menu")).Json.GetProperty("menus");
        Assert.Single(listed.EnumerateArray());
    }

    [Fact]
    public async Task Requests_sent_at_once_with_one_key_make_one_menu()
    {
        var ana = await _server.Model("repeat-race");

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ana.MakeMenu(Keyed)));

        Assert.Single(made.Select(static answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task Without_a_key_each_request_makes_a_menu_of_its_own()
    {
        var ana = await _server.Model("repeat-none");

        Assert.NotEqual((await ana.MakeMenu())["_id"], (await ana.MakeMenu())["_id"]);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var ana = await _server.Model("repeat-other");
        var menu = await ana.MakeMenu(Keyed);
        var items = $"/menu/{menu["_id"]}/items";
        await ana.AddItem(menu, """{"name":"Song","token_value":5,"idempotency_key":"the key"}""");

        (await ana.Post("/menu", """{"name":"Other","idempotency_key":"the key"}""")).ShouldRefuse(
            422,
            "IDEMPOTENCY_KEY_REUSED"
        );
        (await Post(ana, "/menu/from-template/quick-fun", null, "the key")).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        (await ana.Post(items, """{"name":"Song","token_value":6,"idempotency_key":"the key"}""")).ShouldRefuse(
            422,
            "IDEMPOTENCY_KEY_REUSED"
        );
        Assert.Equal("2", (await ana.Get($"/menu/{menu["_id"]}"))["version"]);
    }

    [Fact]
    public async Task A_key_is_its_caller_s_own()
    {
        var ana = await _server.Model("repeat-ana");
        var bea = await _server.Model("repeat-bea");

        Assert.NotEqual((await ana.MakeMenu(Keyed))["_id"], (await bea.MakeMenu(Keyed))["_id"]);
        var forAna = """{"name":"Fun","idempotency_key":"the key","model_id":"repeat-ana"}""";
        var byRoot = (await _server.Admin().Post("/menu", forAna)).ShouldBe(200);
        var byEva = (await _server.As("admin", "eva").Post("/menu", forAna)).ShouldBe(200);
        Assert.NotEqual(byRoot["_id"], byEva["_id"]);
    }

    [Fact]
    public async Task A_template_gives_the_same_menu_with_the_same_items_again()
    {
        var ana = await _server.Model("repeat-template");
        const string path = "/menu/from-template/private-energy";

        var first = (await Post(ana, path, null, "start")).ShouldBe(200);
        var again = (await ana.Post(path, """{"idempotency_key":"start"}""")).ShouldBe(200);

        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task An_item_is_added_once_and_does_not_come_back_after_it_was_taken_away()
    {
        var ana = await _server.Model("repeat-item");
        var (menu, other) = (await ana.MakeMenu(), await ana.MakeMenu());
        const string body = """{"name":"Song","token_value":5,"idempotency_key":"the key"}""";
        var item = await ana.AddItem(menu, body);

        Assert.Equal(item.Text, (await ana.AddItem(menu, body)).Text);
        Assert.NotEqual(item["_id"], (await ana.AddItem(other, body))["_id"]);
        (await ana.Delete($"/menu/{menu["_id"]}/items/{item["_id"]}")).ShouldBe(200);

        (await ana.Post($"/menu/{menu["_id"]}/items", body)).ShouldRefuse(404, "ITEM_NOT_FOUND");
    }

    [Theory]
    [InlineData("""{"name":"Fun","token_value":5,"idempotency_key":""}""")]
    [InlineData("""{"name":"Fun","token_value":5,"idempotency_key":"é"}""")]
    [InlineData("""{"name":"Fun","token_value":5,"idempotency_key":7}""")]
    public async Task A_key_that_is_none_is_refused(string body)
    {
        var ana = await _server.Model("repeat-bad");
        var menu = await ana.MakeMenu();

        (await ana.Post("/menu", body)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        (await ana.Post($"/menu/{menu["_id"]}/items", body)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        (await ana.Post("/menu/from-template/quick-fun", body)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        (await Post(ana, "/menu", """{"name":"Fun"}""", new string('k', 256))).ShouldRefuse(
            400,
            "IDEMPOTENCY_KEY_REQUIRED"
        );
        (await Post(ana, "/menu", Keyed, "another key")).ShouldRefuse(400, "INVALID_REQUEST");
        (await Post(ana, "/menu", """{"name":"Fun"}""", new string('k', 255))).ShouldBe(200);
    }

    private static Task<Answer> Post(ApiClient client, string path, string? body, string key) =>
        client.Send(
            HttpMethod.Post,
            path,
            body,
            change: request => request.Headers.TryAddWithoutValidation("Idempotency-Key", key)
        );
}
