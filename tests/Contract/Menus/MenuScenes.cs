using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Menus;

/// <summary>Steps that tests of menus share. Each test has a model of its own.</summary>
internal static class MenuScenes
{
    public const string Unknown = "0123456789abcdef01234567";

    public static readonly string[] MenuMembers =
    [
        "_id",
        "model_id",
        "name",
        "description",
        "queue_mode",
        "visibility",
        "theme",
        "whitelist_users",
        "menu_items",
        "is_active",
        "version",
        "created_at",
        "updated_at",
    ];

    public static readonly string[] ItemMembers =
    [
        "_id",
        "menu_id",
        "model_id",
        "name",
        "description",
        "token_value",
        "bonus_loyalty_points",
        "lovense_activation",
        "is_active",
        "display_order",
        "category",
        "icon_url",
        "max_daily_purchases",
        "version",
        "created_at",
        "updated_at",
    ];

    public static ApiClient Admin(this ApiServer server) => server.As("admin", "root");

    public static async Task<Answer> MakeMenu(this ApiClient model, string body = """{"name":"Fun"}""") =>
        (await model.Post("/menu", body)).ShouldBe(200);

    public static async Task<Answer> AddItem(
        this ApiClient model,
        Answer menu,
        string body = """{"name":"Song","token_value":50}"""
    ) => (await model.Post($"/menu/{menu["_id"]}/items", body)).ShouldBe(200);

    public static Task<Answer> Delete(this ApiClient client, string path) => client.Send(HttpMethod.Delete, path);

    public static async Task Subscribe(this ApiServer server, string user, string model, string until)
    {
        await server.User(user);
        var body = $$"""{"userId":"{{user}}","modelId":"{{model}}","until":"{{until}}"}""";
        (await server.Admin().Put("/api/v1/admin/subscriptions", body)).ShouldBe(200);
    }

    public static IEnumerable<string?> ItemNames(this Answer menu) =>
        menu
            .Json.GetProperty("menu_items")
            .EnumerateArray()
            .Select(static item => item.GetProperty("name").GetString());

    public static JsonElement Item(this Answer menu, int index) => menu.Json.GetProperty("menu_items")[index];

    public static bool IsNull(this Answer answer, string member) =>
        answer.Json.GetProperty(member).ValueKind == JsonValueKind.Null;
}
