using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Purchases;

public sealed class PurchaseContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "PM-3")]
    public async Task An_immediate_purchase_answers_as_the_contract_says()
    {
        var shop = await ShopScene.Open(_server, "pc-now");

        var answer = (await shop.Buy("k1")).ShouldBe(200);

        Assert.Equal(
            ["success", "purchase_id", "transaction_type", "status", "token_value", "loyalty_points_awarded"],
            answer.Members
        );
        Assert.Equal(
            ("True", "immediate", "completed", "50", "30"),
            (
                answer["success"],
                answer["transaction_type"],
                answer["status"],
                answer["token_value"],
                answer["loyalty_points_awarded"]
            )
        );
        Assert.True(Guid.TryParse(answer["purchase_id"], out _));
        Assert.Equal("""{"available":70,"held":0,"loyaltyPoints":30}""", (await shop.Balance()).Text);
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "50");
    }

    [Theory, Trait("Spec", "PM-4")]
    [InlineData("amount")]
    [InlineData("price")]
    [InlineData("token_value")]
    [InlineData("tokenValue")]
    [InlineData("Tokens")]
    public async Task A_purchase_that_names_an_amount_is_refused_whatever_it_is(string member)
    {
        var shop = await ShopScene.Open(_server, "pc-amount-" + member);
        var body = shop.Order("k1").Replace("}", $",\"{member}\":50}}", StringComparison.Ordinal);

        (await shop.User.Post("/menu/purchase", body)).ShouldRefuse(400, "AMOUNT_NOT_ALLOWED");

        Assert.Equal("120", (await shop.Balance())["available"]);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task A_purchase_needs_a_key_in_the_body_or_in_the_header_and_two_that_differ_are_none()
    {
        var shop = await ShopScene.Open(_server, "pc-key");
        var without = $$"""{"menu_id":"{{shop.MenuId}}","menu_item_id":"{{shop.ItemId}}"}""";

        (await shop.User.Post("/menu/purchase", without)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        (await WithHeader(shop, shop.Order("body"), "header")).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        var longer = new string('k', 256);
        (await WithHeader(shop, without, longer)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        Assert.Equal("120", (await shop.Balance())["available"]);

        var first = (await WithHeader(shop, without, "k")).ShouldBe(200);
        Assert.Equal(first.Text, (await WithHeader(shop, shop.Order("k"), "k")).ShouldBe(200).Text);
        Assert.Equal("70", (await shop.Balance())["available"]);
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task Whatever_cannot_be_bought_is_refused_with_its_own_code()
    {
        var shop = await ShopScene.Open(
            _server,
            "pc-refused",
            """{"name":"Wave","token_value":50,"max_daily_purchases":1}"""
        );
        var nowhere = "0123456789abcdef01234567";
        string Order(string menu, string item, string key) =>
            $$"""{"menu_id":"{{menu}}","menu_item_id":"{{item}}","idempotency_key":"{{key}}"}""";

        (await shop.User.Post("/menu/purchase", Order(nowhere, shop.ItemId, "a"))).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await shop.User.Post("/menu/purchase", Order("x", shop.ItemId, "a"))).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await shop.User.Post("/menu/purchase", Order(shop.MenuId, nowhere, "a"))).ShouldRefuse(404, "ITEM_NOT_FOUND");
        (await shop.Buy("a")).ShouldBe(200);
        var limited = (await shop.Buy("b")).ShouldRefuse(429, "DAILY_LIMIT_REACHED");
        Assert.True(limited.Headers.ContainsKey("Retry-After"));
        Assert.EndsWith("T00:00:00Z", limited["resetTime"], StringComparison.Ordinal);
        await shop.Model.Put($"/menu/{shop.MenuId}/items/{shop.ItemId}", """{"is_active":false}""");
        (await shop.Buy("c")).ShouldRefuse(409, "ITEM_INACTIVE");
        await shop.Model.Put(
            $"/menu/{shop.MenuId}/items/{shop.ItemId}",
            """{"is_active":true,"max_daily_purchases":null,"token_value":71}"""
        );
        (await shop.Buy("d")).ShouldRefuse(402, "INSUFFICIENT_BALANCE");
        (await shop.Buy("a")).ShouldBe(200);
        Assert.Equal("70", (await shop.Balance())["available"]);
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task A_purchase_by_a_menu_that_has_changed_is_told_the_new_price_and_buys_nothing()
    {
        var shop = await ShopScene.Open(_server, "pc-changed");
        var seen = (await shop.User.Get($"/menu/{shop.MenuId}")).ShouldBe(200)["version"];
        (await shop.User.Post("/menu/purchase", OrderAt("k1", seen))).ShouldBe(200);
        (await shop.Model.Put($"/menu/{shop.MenuId}/items/{shop.ItemId}", """{"token_value":60}""")).ShouldBe(200);

        var refused = (await shop.User.Post("/menu/purchase", OrderAt("k2", seen))).ShouldRefuse(409, "MENU_CHANGED");

        Assert.Equal("60", refused["token_value"]);
        Assert.Equal("70", (await shop.Balance())["available"]);
        (await shop.User.Post("/menu/purchase", OrderAt("k2", refused["menu_version"]))).ShouldBe(200);
        // The first one was made when its version was right: its repeat is answered, and as another request refused.
        (await shop.User.Post("/menu/purchase", OrderAt("k1", seen))).ShouldBe(200);
        var other = OrderAt("k1", refused["menu_version"]);
        (await shop.User.Post("/menu/purchase", other)).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        var junk = OrderAt("k3", "\"x\"");
        (await shop.User.Post("/menu/purchase", junk)).ShouldRefuse(400, "INVALID_REQUEST");

        string OrderAt(string key, string? version) =>
            shop.Order(key).Replace("{", $$"""{"menu_version":{{version}},""", StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "PM-4")]
    public async Task A_menu_that_the_buyer_may_not_see_does_not_exist_for_a_purchase()
    {
        var shop = await ShopScene.Open(_server, "pc-hidden");
        await shop.Model.Put($"/menu/{shop.MenuId}", """{"visibility":"subscribers_only"}""");
        (await shop.Buy("a")).ShouldRefuse(404, "MENU_NOT_FOUND");

        var until = DateTimeOffset.UnixEpoch.AddYears(100).UtcDateTime.ToString("O");
        var subscription = $$"""{"userId":"{{shop.UserId}}","modelId":"{{shop.ModelId}}","until":"{{until}}"}""";
        (await shop.Admin.Put("/api/v1/admin/subscriptions", subscription)).ShouldBe(200);

        (await shop.Buy("a")).ShouldBe(200);
    }

    [Fact, Trait("Spec", "PM-3")]
    public async Task History_and_status_show_a_purchase_to_those_whom_it_concerns()
    {
        var shop = await ShopScene.Open(_server, "pc-seen");
        var id = (await shop.Buy("k"))["purchase_id"];

        var history = (await shop.User.Get("/menu/purchase/history")).ShouldBe(200);
        Assert.Equal(("1", "50", "0"), (history["total"], history["limit"], history["offset"]));
        var entry = history.Json.GetProperty("purchases")[0];
        Assert.Equal(
            (id, "Wave", "completed", 50),
            (
                entry.GetProperty("purchase_id").GetString(),
                entry.GetProperty("item_name").GetString(),
                entry.GetProperty("status").GetString(),
                entry.GetProperty("token_value").GetInt32()
            )
        );
        var path = $"/menu/purchase/{id}/status";
        foreach (var caller in new[] { shop.User, shop.Model, shop.Admin, _server.As("service", "app") })
        {
            Assert.Equal("completed", (await caller.Get(path)).ShouldBe(200)["status"]);
        }
        (await _server.As("user", "stranger").Get(path)).ShouldRefuse(403, "FORBIDDEN");
        (await _server.As("model", "strange-model").Get(path)).ShouldRefuse(403, "FORBIDDEN");
        (await shop.User.Get("/menu/purchase/nonsense/status")).ShouldRefuse(404, "PURCHASE_NOT_FOUND");
        var unknown = "af7a87ba-8caa-4809-b55b-535a3667c8b9";
        (await shop.User.Get($"/menu/purchase/{unknown}/status")).ShouldRefuse(404, "PURCHASE_NOT_FOUND");
    }

    [Fact, Trait("Spec", "PM-3")]
    public async Task A_history_is_narrowed_to_how_purchases_stand_and_when_they_were_made()
    {
        var shop = await ShopScene.Open(_server, "pc-filter", tokens: 500);
        var ids = new List<string?>();
        foreach (var number in Enumerable.Range(0, 4))
        {
            ids.Add((await shop.Buy($"k{number}")).ShouldBe(200)["purchase_id"]);
        }
        foreach (var number in new[] { 0, 2 })
        {
            var refund = $$"""{"reason":"Not well","idempotency_key":"r{{number}}"}""";
            (await shop.Model.Post($"/menu/purchase/{ids[number]}/refund", refund)).ShouldBe(200);
        }
        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "400");
        var all = (await History("")).Json.GetProperty("purchases");
        var (third, newest) = (At(all[1]), At(all[0]));

        Assert.Equal(["2", ids[2], ids[0]], Found(await History("?status=refunded")));
        Assert.Equal(["2", ids[0]], Found(await History("?status=refunded&limit=1&offset=1")));
        Assert.Equal(["2", ids[3], ids[1]], Found(await History("?status=completed")));
        Assert.Equal(["0"], Found(await History("?status=pending")));
        Assert.Equal(["1", ids[2]], Found(await History($"?from={third}&to={newest}")));
        (await shop.User.Get("/menu/purchase/history?status=lost")).ShouldRefuse(400, "INVALID_REQUEST");
        (await shop.User.Get("/menu/purchase/history?from=monday")).ShouldRefuse(400, "INVALID_REQUEST");

        async Task<Answer> History(string query) =>
            (await shop.User.Get("/menu/purchase/history" + query)).ShouldBe(200);

        // The total first, then the ids.
        static IEnumerable<string?> Found(Answer page) =>
            page
                .Json.GetProperty("purchases")
                .EnumerateArray()
                .Select(static one => one.GetProperty("purchase_id").GetString())
                .Prepend(page["total"]);

        static string? At(System.Text.Json.JsonElement purchase) => purchase.GetProperty("created_at").GetString();
    }

    [Fact, Trait("Spec", "PM-9")]
    public async Task A_refund_is_given_once_by_the_model_or_an_admin()
    {
        var shop = await ShopScene.Open(_server, "pc-refund");
        var path = $"/menu/purchase/{(await shop.Buy("k"))["purchase_id"]}/refund";
        var body = """{"reason":"I was not well","idempotency_key":"r1"}""";

        (await shop.User.Post(path, body)).ShouldRefuse(403, "FORBIDDEN");
        (await _server.As("model", "strange-model").Post(path, body)).ShouldRefuse(403, "FORBIDDEN");
        (await shop.Model.Post(path, """{"reason":"x"}""")).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        (await shop.Model.Post(path, """{"idempotency_key":"r0"}""")).ShouldRefuse(400, "INVALID_REASON");
        var first = (await shop.Model.Post(path, body)).ShouldBe(200);
        var again = (await shop.Admin.Post(path, """{"reason":"Other","idempotency_key":"r2"}""")).ShouldBe(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(
            ("refunded", "50", "30", "I was not well"),
            (first["status"], first["refunded_tokens"], first["loyalty_points_taken"], first["reason"])
        );
        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "120");
        Assert.Equal("0", (await shop.Model.Get("/api/v1/wallet"))["tokens"]);
    }

    [Fact, Trait("Spec", "PM-9")]
    public async Task A_wallet_that_was_paid_out_refuses_a_refund_until_an_admin_lets_the_platform_pay()
    {
        var shop = await ShopScene.Open(_server, "pc-empty");
        var path = $"/menu/purchase/{(await shop.Buy("k"))["purchase_id"]}/refund";
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "50");
        var payout = """{"tokens":50,"reason":"November","idempotency_key":"p"}""";
        (await shop.Admin.Post($"/api/v1/admin/wallets/{shop.ModelId}/payout", payout)).ShouldBe(200);

        var asked = """{"reason":"Sorry","idempotency_key":"r1","from_platform":true}""";
        (await shop.Model.Post(path, asked)).ShouldRefuse(409, "INSUFFICIENT_WALLET");
        (await shop.Admin.Post(path, """{"reason":"Sorry","idempotency_key":"r2"}""")).ShouldRefuse(
            409,
            "INSUFFICIENT_WALLET"
        );
        Assert.Equal("True", (await shop.Admin.Post(path, asked)).ShouldBe(200)["from_platform"]);

        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "120");
    }

    private static Task<Answer> WithHeader(ShopScene shop, string body, string key) =>
        shop.User.Send(
            HttpMethod.Post,
            "/menu/purchase",
            body,
            change: request => request.Headers.Add("Idempotency-Key", key)
        );
}
