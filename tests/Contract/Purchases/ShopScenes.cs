using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Purchases;

/// <summary>A model with a menu of one item, and a user with tokens, made through the API.</summary>
internal sealed record ShopScene(ApiServer Server, string ModelId, string UserId, string MenuId, string ItemId)
{
    public ApiClient User => Server.As("user", UserId);

    public ApiClient Model => Server.As("model", ModelId);

    public ApiClient Admin => Server.As("admin", "root");

    public static async Task<ShopScene> Open(
        ApiServer server,
        string name,
        string item = """{"name":"Wave","token_value":50,"bonus_loyalty_points":30}""",
        string mode = "OFF",
        long tokens = 120
    )
    {
        var (model, user) = (name + "-m", name + "-u");
        await server.Model(model);
        var menu = (
            await server.As("model", model).Post("/menu", $$"""{"name":"Fun","queue_mode":"{{mode}}"}""")
        ).ShouldBe(200);
        var menuId = menu["_id"]!;
        var made = (await server.As("model", model).Post($"/menu/{menuId}/items", item)).ShouldBe(200);
        var scene = new ShopScene(server, model, user, menuId, made["_id"]!);
        await server.User(user);
        await scene.Credit(tokens, "first");
        return scene;
    }

    public async Task Credit(long tokens, string key) =>
        (
            await Admin.Post(
                $"/api/v1/admin/balances/{UserId}/credit",
                $$"""{"tokens":{{tokens}},"reason":"Top-up","idempotency_key":"{{key}}"}"""
            )
        ).ShouldBe(200);

    public string Order(string key) =>
        $$"""{"menu_id":"{{MenuId}}","menu_item_id":"{{ItemId}}","idempotency_key":"{{key}}"}""";

    public Task<Answer> Buy(string key) => User.Post("/menu/purchase", Order(key));

    public async Task<Answer> Balance() => (await User.Get("/api/v1/balance")).ShouldBe(200);
}
