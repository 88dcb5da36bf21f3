using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Identity;

public sealed class PersonContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact, Trait("Spec", "ID-0")]
    public async Task An_id_that_is_a_models_is_nobody_elses()
    {
        await _server.Model("pe-model");

        var asUser = _server.As("user", "pe-model");
        (await asUser.Get("/api/v1/me")).ShouldRefuse(403, "WRONG_ROLE");
        (await asUser.Get("/api/v1/balance")).ShouldRefuse(403, "WRONG_ROLE");
        (await asUser.Get("/api/v1/notifications")).ShouldRefuse(403, "WRONG_ROLE");
        (await Admin.Put("/api/v1/admin/users/pe-model", """{"language":"es"}""")).ShouldRefuse(403, "WRONG_ROLE");
        (await Admin.Get("/api/v1/admin/users/pe-model")).ShouldRefuse(404, "USER_NOT_FOUND");
        (await _server.As("model", "pe-model").Get("/api/v1/me")).ShouldBe(200);
    }

    [Fact, Trait("Spec", "ID-0")]
    public async Task An_id_that_is_a_users_is_no_models()
    {
        await _server.User("pe-user");

        (await _server.As("model", "pe-user").Get("/api/v1/me")).ShouldRefuse(403, "WRONG_ROLE");
        var register = """{"displayName":"Ana"}""";
        (await Admin.Put("/api/v1/admin/models/pe-user", register)).ShouldRefuse(403, "WRONG_ROLE");
        (await Admin.Get("/api/v1/admin/models/pe-user")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Fact, Trait("Spec", "ID-0")]
    public async Task An_admin_or_a_service_with_the_id_of_a_person_is_neither_of_them()
    {
        var shop = await ShopScene.Open(_server, "pe-kinds");
        await Actors.TestKit.Eventually.TrueAsync(async () => await UnreadOf(shop.User) == "1");

        Assert.Equal("0", await UnreadOf(_server.As("admin", shop.UserId)));
        Assert.Equal("0", await UnreadOf(_server.As("service", shop.UserId)));

        static async Task<string?> UnreadOf(ApiClient client) =>
            (await client.Get("/api/v1/notifications")).ShouldBe(200)["unread"];
    }

    [Theory, Trait("Spec", "ID-0")]
    [InlineData(
        "POST",
        "/api/v1/admin/balances/pe-nobody/credit",
        """{"tokens":5,"reason":"r","idempotency_key":"k"}"""
    )]
    [InlineData(
        "POST",
        "/api/v1/admin/balances/pe-nobody/debit",
        """{"tokens":5,"reason":"r","idempotency_key":"k"}"""
    )]
    [InlineData("GET", "/api/v1/admin/balances/pe-nobody", null)]
    [InlineData("GET", "/api/v1/admin/users/pe-nobody", null)]
    [InlineData(
        "PUT",
        "/api/v1/admin/subscriptions",
        """{"userId":"pe-nobody","modelId":"pe-known","until":"2099-01-01T00:00:00Z"}"""
    )]
    public async Task Nothing_is_done_to_somebody_who_is_not_known(string method, string path, string? body)
    {
        await _server.Model("pe-known");

        (await Admin.Send(new HttpMethod(method), path, body)).ShouldRefuse(404, "USER_NOT_FOUND");
    }

    [Fact, Trait("Spec", "ID-0")]
    public async Task A_person_is_known_from_an_admins_PUT_or_from_the_first_own_request()
    {
        (await Admin.Put("/api/v1/admin/users/pe-described", "{}")).ShouldBe(200);
        await _server.User("pe-came");

        foreach (var user in new[] { "pe-described", "pe-came" })
        {
            var credit = """{"tokens":5,"reason":"r","idempotency_key":"k"}""";
            (await Admin.Post($"/api/v1/admin/balances/{user}/credit", credit)).ShouldBe(200);
            Assert.Equal("5", (await Admin.Get($"/api/v1/admin/balances/{user}")).ShouldBe(200)["available"]);
        }
    }

    [Fact, Trait("Spec", "ID-2")]
    public async Task A_restricted_person_cannot_spend_until_the_restriction_ends()
    {
        var shop = await ShopScene.Open(_server, "pe-restricted");
        (await shop.Buy("before")).ShouldBe(200);
        var path = $"/api/v1/admin/users/{shop.UserId}";
        (await Admin.Put(path, """{"restricted":true}""")).ShouldBe(200);

        (await shop.Buy("k1")).ShouldRefuse(403, "RESTRICTED");
        var tip = $$"""{"modelId":"{{shop.ModelId}}","tokens":1,"idempotency_key":"t1"}""";
        (await shop.User.Post("/api/v1/tips", tip)).ShouldRefuse(403, "RESTRICTED");
        Assert.Equal("70", (await shop.Balance())["available"]);

        (await Admin.Put(path, """{"restricted":false}""")).ShouldBe(200);
        (await shop.Buy("k1")).ShouldBe(200);
    }

    [Fact, Trait("Spec", "ID-2")]
    public async Task A_restricted_model_earns_nothing_also_by_prices_that_were_known_before()
    {
        var shop = await ShopScene.Open(_server, "pe-barred");
        (await shop.Buy("before")).ShouldBe(200);
        var path = $"/api/v1/admin/models/{shop.ModelId}";
        (await Admin.Put(path, """{"restricted":true,"flagged":true}""")).ShouldBe(200);

        (await shop.Buy("k1")).ShouldRefuse(403, "RESTRICTED");
        var tip = $$"""{"modelId":"{{shop.ModelId}}","tokens":1,"idempotency_key":"t1"}""";
        (await shop.User.Post("/api/v1/tips", tip)).ShouldRefuse(403, "RESTRICTED");
        Assert.Equal("70", (await shop.Balance())["available"]);

        var lifted = (await Admin.Put(path, """{"restricted":false}""")).ShouldBe(200);
        Assert.Equal(("False", "True"), (lifted["restricted"], lifted["flagged"]));
        (await shop.Buy("k1")).ShouldBe(200);
    }

    [Fact, Trait("Spec", "ID-2")]
    public async Task People_change_their_own_name_language_and_time_zone_and_nothing_else()
    {
        var user = await _server.User("pe-self");
        var body = """{"displayName":"Bo","language":"es","timeZone":"America/Bogota"}""";

        var me = (await user.Put("/api/v1/me", body)).ShouldBe(200).Json.GetProperty("user");
        Assert.Equal(
            ("Bo", "es", "America/Bogota", "free"),
            (
                me.GetProperty("displayName").GetString(),
                me.GetProperty("language").GetString(),
                me.GetProperty("timeZone").GetString(),
                me.GetProperty("loyaltyTier").GetString()
            )
        );
        (await user.Put("/api/v1/me", """{"language":"xx"}""")).ShouldRefuse(400, "INVALID_PROFILE");
        (await user.Put("/api/v1/me", """{"loyaltyTier":"gold"}""")).ShouldBe(200);
        Assert.Equal("free", (await Admin.Get("/api/v1/admin/users/pe-self"))["loyaltyTier"]);

        var model = await _server.Model("pe-self-model");
        var own = (await model.Put("/api/v1/me", """{"displayName":"Mia","language":"es"}""")).ShouldBe(200);
        Assert.Equal("Mia", own.Json.GetProperty("model").GetProperty("displayName").GetString());
        (await _server.As("model", "pe-unregistered").Put("/api/v1/me", body)).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Fact, Trait("Spec", "ID-2")]
    public async Task Everybody_may_look_models_up_and_page_through_them()
    {
        foreach (var name in new[] { "pl-a", "pl-b", "pl-c" })
        {
            await _server.Model(name);
        }
        var user = await _server.User("pl-looking");

        var one = (await user.Get("/api/v1/models/pl-b")).ShouldBe(200);
        Assert.Equal(["modelId", "displayName", "registeredAt"], one.Members);
        (await user.Get("/api/v1/models/pl-nobody")).ShouldRefuse(404, "MODEL_NOT_FOUND");

        await Actors.TestKit.Eventually.TrueAsync(async () =>
        {
            var (found, after) = (new List<string>(), "pl");
            while (after is { Length: > 0 })
            {
                var page = (await user.Get($"/api/v1/models?limit=2&after={after}")).ShouldBe(200);
                found.AddRange(
                    page.Json.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("modelId").GetString()!)
                );
                after = page["next"];
            }
            return found
                .Where(static id => id.StartsWith("pl-", StringComparison.Ordinal))
                .SequenceEqual(["pl-a", "pl-b", "pl-c"]);
        });
    }
}
