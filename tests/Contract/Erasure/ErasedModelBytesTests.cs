using System.Text.Json;
using Actors.ApiHost.Commands;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Erasure;

/// <summary>
/// The same for a model: what she published is gone as well, what she sold stays with its buyers, and what they said to her with
/// tokens stays theirs.
/// </summary>
[Trait("Spec", "AC-2")]
public sealed class ErasedModelBytesTests : IDisposable
{
    private static readonly string[] Gone =
    [
        "first-name-of-the-model",
        "second-name-of-the-model",
        "said-in-the-mood",
        "said-in-the-next-mood",
        "device-of-the-mood",
        "reason-of-the-override",
        "said-to-everybody",
        "said-in-private",
        "name-of-the-menu",
        "words-on-the-menu",
        "look-of-the-menu",
        "name-of-the-old-menu",
        "words-on-the-item",
        "kind-of-the-item",
        "better-words-on-the-item",
        "name-of-an-item-that-nobody-bought",
        "reason-of-the-payout",
    ];

    /// <summary>What stays, and in streams of which kinds.</summary>
    private static readonly Dictionary<string, string[]> Stays = new()
    {
        ["name-of-what-was-bought"] = ["balance", "wallet"],
        ["given-with-the-tip"] = ["balance", "inbox", "wallet"],
        ["reason-of-the-refund"] = ["balance", "inbox", "wallet"],
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-erased-model").FullName;

    private string Setting => $"--Data:Directory={_directory}";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task No_stored_byte_tells_what_a_model_said_who_was_erased_and_buyers_keep_what_they_bought()
    {
        string menu;
        await using (var server = await ApiServer.Start([Setting]))
        {
            menu = await LiveAsync(server);
        }
        var data = new StoredData(_directory);
        string[] all = [.. Gone, .. Stays.Keys];
        Assert.Empty(StoredTexts.Find(data.Files(), all));
        var before = await data.ReadAsync();
        Assert.Empty(all.Except(StoredTexts.Find(before, all).Select(static one => one.Text)));

        await using (var server = await ApiServer.Start([Setting]))
        {
            await EraseAsync(server);
            await NobodyFindsHerAsync(server, menu);
        }

        Assert.Empty(StoredTexts.Find(data.Files(), all));
        var after = await data.ReadAsync();
        Assert.Empty(StoredTexts.Find(after, Gone));
        Assert.Equal(
            Stays.SelectMany(static one => one.Value.Select(kind => (one.Key, kind))).Order(),
            StoredTexts.Kinds(after, [.. Stays.Keys])
        );
        await VerifyAsync();
    }

    /// <returns>A menu of hers.</returns>
    private static async Task<string> LiveAsync(ApiServer server)
    {
        var admin = server.As("admin", "root");
        var model = await server.Model("ana");
        foreach (var name in new[] { "first-name-of-the-model", "second-name-of-the-model" })
        {
            (await admin.Put("/api/v1/admin/models/ana", $$"""{"displayName":"{{name}}"}""")).ShouldBe(200);
        }
        await FeelAsync(admin, model);
        var posted = """{"message_type":"public_micro","content":"said-to-everybody"}""";
        var post = (await model.Post("/mood-message/send", posted)).ShouldBe(201)["message_id"];
        await Eventually.TrueAsync(async () =>
            (await model.Get($"/mood-message/{post}/status"))["status"] == "delivered"
        );
        var user = await server.User("bo");
        (await SayAsync(user, "ana", "hello")).ShouldBe(201);
        (await SayAsync(model, "bo", "said-in-private")).ShouldBe(201);
        return await SellAsync(admin, model, user);
    }

    private static async Task FeelAsync(ApiClient admin, ApiClient model)
    {
        foreach (var message in new[] { "said-in-the-mood", "said-in-the-next-mood" })
        {
            (
                await model.Send(
                    HttpMethod.Post,
                    "/api/v1/mood/update",
                    $$"""{"moodState":"positive","customMessage":"{{message}}"}""",
                    change: static request => request.Headers.UserAgent.ParseAdd("device-of-the-mood/1")
                )
            ).ShouldBe(200);
        }
        (
            await admin.Post(
                "/api/v1/admin/mood/ana/update",
                """{"moodState":"neutral","reason":"reason-of-the-override"}"""
            )
        ).ShouldBe(200);
        await InboxAsync(model, "reason-of-the-override");
        var history = (await admin.Get("/api/v1/admin/mood/ana/history")).ShouldBe(200).Text;
        Assert.Contains("device-of-the-mood", history, StringComparison.Ordinal);
        Assert.Contains("said-in-the-mood", history, StringComparison.Ordinal);
    }

    private static async Task<string> SellAsync(ApiClient admin, ApiClient model, ApiClient user)
    {
        var old = (await model.Post("/menu", """{"name":"name-of-the-old-menu"}""")).ShouldBe(200)["_id"];
        (await model.Send(HttpMethod.Delete, $"/menu/{old}")).ShouldBe(200);
        var menu = (
            await model.Post(
                "/menu",
                """{"name":"name-of-the-menu","description":"words-on-the-menu","theme":"look-of-the-menu"}"""
            )
        ).ShouldBe(200)["_id"]!;
        var item = (
            await model.Post(
                $"/menu/{menu}/items",
                """
                {"name":"name-of-what-was-bought","token_value":10,
                "description":"words-on-the-item","category":"kind-of-the-item"}
                """
            )
        ).ShouldBe(200)["_id"];
        (
            await model.Post(
                $"/menu/{menu}/items",
                """{"name":"name-of-an-item-that-nobody-bought","token_value":10}"""
            )
        ).ShouldBe(200);
        (await model.Put($"/menu/{menu}/items/{item}", """{"description":"better-words-on-the-item"}""")).ShouldBe(200);
        await CreditAsync(admin);
        var buy = $$"""{"menu_id":"{{menu}}","menu_item_id":"{{item}}","idempotency_key":"buy"}""";
        var purchase = (await user.Post("/menu/purchase", buy)).ShouldBe(200)["purchase_id"];
        (
            await user.Post(
                "/api/v1/tips",
                """{"modelId":"ana","tokens":20,"message":"given-with-the-tip","idempotency_key":"tip"}"""
            )
        ).ShouldBe(200);
        await InboxAsync(model, "given-with-the-tip");
        (
            await model.Post(
                $"/menu/purchase/{purchase}/refund",
                """{"reason":"reason-of-the-refund","idempotency_key":"back"}"""
            )
        ).ShouldBe(200);
        await InboxAsync(user, "reason-of-the-refund");
        await PayOutAsync(admin, 5, "reason-of-the-payout");
        return menu;
    }

    private static async Task CreditAsync(ApiClient admin) =>
        (
            await admin.Post(
                "/api/v1/admin/balances/bo/credit",
                """{"tokens":100,"reason":"Top-up","idempotency_key":"credit"}"""
            )
        ).ShouldBe(200);

    private static async Task PayOutAsync(ApiClient admin, int tokens, string reason) =>
        (
            await admin.Post(
                "/api/v1/admin/wallets/ana/payout",
                $$"""{"tokens":{{tokens}},"reason":"{{reason}}","idempotency_key":"out-{{tokens}}"}"""
            )
        ).ShouldBe(200);

    private static async Task EraseAsync(ApiServer server)
    {
        var (admin, model) = (server.As("admin", "root"), server.As("model", "ana"));
        const string confirmed = """{"confirm":true}""";
        var refused = (await model.Send(HttpMethod.Delete, "/api/v1/me", confirmed)).ShouldRefuse(409, "TOKENS_LEFT");
        Assert.Equal(("15", "0"), (refused["available"], refused["held"]));
        await PayOutAsync(admin, 15, "all");
        Assert.Contains(
            "reason-of-the-payout",
            (await model.Get("/api/v1/statement")).ShouldBe(200).Text,
            StringComparison.Ordinal
        );
        (await model.Send(HttpMethod.Delete, "/api/v1/me", confirmed)).ShouldBe(202);
        await Eventually.TrueAsync(async () =>
            (await admin.Get("/api/v1/admin/models/ana/erasure")).ShouldBe(200)["endedAt"] != ""
        );
    }

    private static async Task NobodyFindsHerAsync(ApiServer server, string menu)
    {
        var (admin, user) = (server.As("admin", "root"), server.As("user", "bo"));
        (await user.Get("/api/v1/models/ana")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await user.Get("/api/v1/mood/ana")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await user.Get("/api/v1/models/ana/feed")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await user.Get($"/menu/{menu}")).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await admin.Get($"/menu/{menu}")).ShouldRefuse(404, "MENU_NOT_FOUND");
        (await user.Get("/api/v1/conversations/ana/messages")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        var models = (await user.Get("/api/v1/models")).ShouldBe(200).Text;
        Assert.DoesNotContain("ana", models, StringComparison.Ordinal);
        var purchases = (await user.Get("/menu/purchase/history")).ShouldBe(200).Text;
        Assert.Contains("name-of-what-was-bought", purchases, StringComparison.Ordinal);
        Assert.Contains("reason-of-the-refund", purchases, StringComparison.Ordinal);
        (await admin.Get("/api/v1/admin/ledger/proof")).ShouldBe(200);
    }

    private async Task VerifyAsync()
    {
        var output = new StringWriter();
        var code = await CommandLine.Find(["journal", "verify", Setting], output)!;
        Assert.True(code == 0, output.ToString());
        Assert.Matches("main: .* every chain is whole", output.ToString());
        // The conversation with the user, and the model's own.
        Assert.Contains("2 of them are destroyed", output.ToString(), StringComparison.Ordinal);
    }

    private static Task InboxAsync(ApiClient person, string text) =>
        Eventually.TrueAsync(async () =>
            (await person.Get("/api/v1/notifications")).Text.Contains(text, StringComparison.Ordinal)
        );

    private static Task<Answer> SayAsync(ApiClient client, string peer, string content) =>
        client.Post($"/api/v1/conversations/{peer}/messages", JsonSerializer.Serialize(new { content }));
}
