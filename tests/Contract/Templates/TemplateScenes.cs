using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Templates;

/// <summary>
/// Steps that template tests share. All run against one catalog, so each test keeps to a mood, type and tier of its own.
/// </summary>
internal static class TemplateScenes
{
    public const string Render = "/api/v1/mood/template/render";
    public const string All = "/api/v1/admin/mood/templates";
    public const string Template = "/api/v1/admin/mood/template";

    public static ApiClient Admin(this ApiServer server) => server.As("admin", "root");

    public static ApiClient Service(this ApiServer server) => server.As("service", "messages");

    /// <summary>A model in this mood.</summary>
    public static async Task Mood(this ApiServer server, string model, string mood, string message = "")
    {
        var client = await server.Model(model);
        await client.Post("/api/v1/mood/update", $$"""{"moodState":"{{mood}}","customMessage":"{{message}}"}""");
    }

    public static async Task<string> Create(this ApiServer server, string slot, string content, string more = "") =>
        (await server.Admin().Post(Template, Draft(slot, content, more))).ShouldBe(200)["id"]!;

    /// <param name="slot">"mood/type/tier".</param>
    public static string Draft(string slot, string content, string more = "")
    {
        var parts = slot.Split('/');
        return $$"""{"moodState":"{{parts[0]}}","templateType":"{{parts[1]}}","tierLevel":"{{parts[2]}}","content":"{{content}}"{{more}}}""";
    }

    public static string Find(string model, string type = "greeting", string? tier = null) =>
        $"/api/v1/mood/template?modelId={model}&templateType={type}{(tier is null ? "" : "&userTier=" + tier)}";
}
