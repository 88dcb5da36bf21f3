using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Actors.ApiHost.Commands;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Tests.Attachments;
using Actors.Grains.Uploads;
using Actors.TestKit;

namespace Actors.Contract.Tests.Erasure;

/// <summary>
/// Looks for the words of somebody who was erased in every byte that is stored, and in all that can be read with what is stored.
/// What must stay is said in the guide, and is all that stays.
/// </summary>
[Trait("Spec", "AC-2")]
public sealed class ErasedBytesTests : IDisposable
{
    private const string NameOfBo = "Zaphod-the-name";
    private const string InPicture = "painted-in-the-picture";
    private const string InOtherPicture = "painted-for-somebody-else";

    private static readonly string[] Gone =
    [
        NameOfBo,
        "said-by-the-user",
        "said-before-the-edit",
        "said-after-the-edit",
        "said-by-the-model",
        "said-of-the-model-in-a-report",
        "name-of-the-pet",
        "said-to-the-pet",
        "said-by-the-pet",
        "so-happy-in-private",
        InPicture,
        "given-with-the-tip",
        "reason-of-the-credit",
        "reason-of-the-debit",
        "reason-of-the-refund",
        "reason-for-turning-it-down",
    ];

    /// <summary>What is not even written down.</summary>
    private const string Never = "device-of-the-change";

    /// <summary>What stays, and in streams of which kinds; docs/guides/privacy.md says so.</summary>
    private static readonly Dictionary<string, string[]> Stays = new() { ["told-by-the-activity"] = ["activity"] };

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-erased").FullName;

    private string Setting => $"--Data:Directory={_directory}";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task No_stored_byte_tells_what_somebody_said_who_was_erased()
    {
        string[] pictures;
        await using (var server = await ApiServer.Start([Setting]))
        {
            pictures = [.. await LiveAsync(server), await TalkAsync(server)];
        }
        var data = new StoredData(_directory);
        Assert.Empty(StoredTexts.Find(data.Files(), [.. Gone, .. Stays.Keys]));
        var before = await data.ReadAsync(pictures);
        Assert.Empty(StoredTexts.Find(before, [Never]));
        // Whoever finds nothing afterwards has to find everything before.
        Assert.Empty(
            Gone.Concat(Stays.Keys)
                .Except(StoredTexts.Find(before, [.. Gone, .. Stays.Keys]).Select(static one => one.Text))
        );
        Assert.Contains(before, static one => one.Place.StartsWith(StoredData.SnapshotOf, StringComparison.Ordinal));
        Assert.Equal(3, data.Attachments);

        await using (var server = await ApiServer.Start([Setting]))
        {
            await EraseAsync(server);
            await Eventually.TrueAsync(() => data.Attachments == 1);
        }

        Assert.Empty(StoredTexts.Find(data.Files(), [.. Gone, .. Stays.Keys]));
        var after = await data.ReadAsync(pictures);
        Assert.Empty(StoredTexts.Find(after, Gone));
        Assert.Equal(
            Stays.SelectMany(static one => one.Value.Select(kind => (one.Key, kind))).Order(),
            StoredTexts.Kinds(after, [.. Stays.Keys])
        );
        Assert.NotEmpty(StoredTexts.Find(after, [InOtherPicture]));
        await VerifyAsync();
        await using (var server = await ApiServer.Start([Setting]))
        {
            var user = server.As("user", "cy");
            Assert.Contains("said-by-somebody-else", (await MessagesAsync(user, "ana")).Text, StringComparison.Ordinal);
            Assert.Contains(
                "Trillian",
                (await server.As("admin", "root").Get("/api/v1/admin/users/cy")).ShouldBe(200).Text,
                StringComparison.Ordinal
            );
            (await server.As("model", "ana").Get("/api/v1/conversations/bo/messages")).ShouldRefuse(
                404,
                "CONVERSATION_NOT_FOUND"
            );
        }
    }

    /// <summary>All that a user can leave behind.</summary>
    /// <returns>What the store calls the pictures.</returns>
    private static async Task<string[]> LiveAsync(ApiServer server)
    {
        var admin = server.As("admin", "root");
        var model = await server.Model("ana");
        var user = await server.User("bo");
        (
            await user.Send(
                HttpMethod.Put,
                "/api/v1/me",
                $$"""{"displayName":"{{NameOfBo}}"}""",
                change: static request => request.Headers.UserAgent.ParseAdd("device-of-the-change/1")
            )
        ).ShouldBe(200);
        // Delivered at once.
        (await admin.Put("/api/v1/admin/users/bo", """{"membership":"vip"}""")).ShouldBe(200);
        var edited = (await SayAsync(user, "ana", "said-before-the-edit")).ShouldBe(201)["id"];
        (
            await user.Send(
                HttpMethod.Patch,
                $"/api/v1/conversations/ana/messages/{edited}",
                """{"content":"said-after-the-edit"}"""
            )
        ).ShouldBe(200);
        for (var number = 0; number < 12; number++)
        {
            (await SayAsync(user, "ana", "said-by-the-user" + new string('!', 400))).ShouldBe(201);
        }
        (await SayAsync(model, "bo", "said-by-the-model")).ShouldBe(201);
        (await user.Get("/api/v1/conversations/ana/messages?search=said-by")).ShouldBe(200);
        (
            await user.Post("/api/v1/conversations/ana/report", """{"reason":"said-of-the-model-in-a-report"}""")
        ).ShouldBe(200);
        string[] pictures =
        [
            await SendPictureAsync(user, "ana", "bo", InPicture),
            await SendPictureAsync(model, "bo", "bo", InPicture),
        ];
        await LiveWithPetAsync(user);
        await SpendAsync(admin, user);
        var sent = await user.Post(
            "/mood-message/send",
            """{"message_type":"private_custom","model_id":"ana","content":"so-happy-in-private"}"""
        );
        await Eventually.TrueAsync(async () =>
            (await user.Get($"/mood-message/{sent.ShouldBe(201)["message_id"]}/status"))["status"] == "delivered"
        );
        (
            await user.Post(
                "/api/activity",
                """{"category":"pet","action":"feed","details":{"food":"told-by-the-activity"}}"""
            )
        ).ShouldBe(201);
        await InboxAsync(model, "given-with-the-tip");
        await InboxAsync(user, "reason-of-the-debit");
        return pictures;
    }

    private static async Task LiveWithPetAsync(ApiClient user)
    {
        var pet = (await user.Post("/api/pets", """{"name":"name-of-the-pet"}""")).ShouldBe(201)["id"];
        foreach (var (sender, content) in new[] { ("user", "said-to-the-pet"), ("pet", "said-by-the-pet") })
        {
            (
                await user.Post("/api/chats", $$"""{"petId":"{{pet}}","sender":"{{sender}}","content":"{{content}}"}""")
            ).ShouldBe(201);
        }
    }

    private static async Task SpendAsync(ApiClient admin, ApiClient user)
    {
        await MoveAsync("credit", 100, "reason-of-the-credit");
        (
            await user.Post(
                "/api/v1/tips",
                """{"modelId":"ana","tokens":60,"message":"given-with-the-tip","idempotency_key":"tip"}"""
            )
        ).ShouldBe(200);
        await BuyAsync(admin, user);
        await MoveAsync("debit", 40, "reason-of-the-debit");

        async Task MoveAsync(string verb, int tokens, string reason) =>
            (
                await admin.Post(
                    $"/api/v1/admin/balances/bo/{verb}",
                    $$"""{"tokens":{{tokens}},"reason":"{{reason}}","idempotency_key":"{{verb}}"}"""
                )
            ).ShouldBe(200);
    }

    /// <summary>One purchase that is given back, and one that is turned down.</summary>
    private static async Task BuyAsync(ApiClient admin, ApiClient user)
    {
        foreach (var mode in new[] { "OFF", "ON" })
        {
            var menu = (
                await admin.Post("/menu", $$"""{"model_id":"ana","name":"Menu","queue_mode":"{{mode}}"}""")
            ).ShouldBe(200)["_id"];
            var item = (await admin.Post($"/menu/{menu}/items", """{"name":"Song","token_value":5}""")).ShouldBe(200);
            var bought = await user.Post(
                "/menu/purchase",
                $$"""{"menu_id":"{{menu}}","menu_item_id":"{{item["_id"]}}","idempotency_key":"buy-{{mode}}"}"""
            );
            var id = bought.ShouldBe(200)["purchase_id"];
            var end =
                mode == "OFF"
                    ? ($"/menu/purchase/{id}/refund", "reason-of-the-refund")
                    : ($"/queue/ana/{id}/reject", "reason-for-turning-it-down");
            (await admin.Post(end.Item1, $$"""{"reason":"{{end.Item2}}","idempotency_key":"end-{{mode}}"}""")).ShouldBe(
                200
            );
            await InboxAsync(user, end.Item2);
        }
    }

    /// <summary>Of somebody else, who stays.</summary>
    private static async Task<string> TalkAsync(ApiServer server)
    {
        var user = await server.User("cy");
        (await user.Put("/api/v1/me", """{"displayName":"Trillian"}""")).ShouldBe(200);
        (await SayAsync(user, "ana", "said-by-somebody-else")).ShouldBe(201);
        return await SendPictureAsync(user, "ana", "cy", InOtherPicture);
    }

    private static async Task EraseAsync(ApiServer server)
    {
        (await server.As("user", "bo").Send(HttpMethod.Delete, "/api/v1/me", """{"confirm":true}""")).ShouldBe(202);
        var admin = server.As("admin", "root");
        await Eventually.TrueAsync(async () =>
            (await admin.Get("/api/v1/admin/users/bo/erasure")).ShouldBe(200)["endedAt"] != ""
        );
    }

    private async Task VerifyAsync()
    {
        var output = new StringWriter();
        var code = await CommandLine.Find(["journal", "verify", Setting], output)!;
        Assert.True(code == 0, output.ToString());
        Assert.Matches("main: .* every chain is whole", output.ToString());
        // The conversations with the model and with the pet, and the person's own.
        Assert.Contains("3 of them are destroyed", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> SendPictureAsync(ApiClient sender, string peer, string user, string content)
    {
        var uploaded = await sender.Send(
            HttpMethod.Post,
            $"/api/v1/conversations/{peer}/attachments",
            change: request =>
            {
                request.Content = new ByteArrayContent(Samples.Jpeg(scan: Encoding.ASCII.GetBytes(content)));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            }
        );
        var id = uploaded.ShouldBe(201)["id"]!;
        (
            await sender.Post(
                $"/api/v1/conversations/{peer}/messages",
                JsonSerializer.Serialize(new { content = "", attachments = new[] { id } })
            )
        ).ShouldBe(201);
        Assert.True(AttachmentId.TryParse(id, out var picture));
        return UploadNames.Of(ConversationId.Parse($"model.ana.{user}"), picture);
    }

    private static Task InboxAsync(ApiClient person, string text) =>
        Eventually.TrueAsync(async () =>
            (await person.Get("/api/v1/notifications")).Text.Contains(text, StringComparison.Ordinal)
        );

    private static async Task<Answer> MessagesAsync(ApiClient user, string peer) =>
        (await user.Get($"/api/v1/conversations/{peer}/messages")).ShouldBe(200);

    private static Task<Answer> SayAsync(ApiClient client, string peer, string content) =>
        client.Post($"/api/v1/conversations/{peer}/messages", JsonSerializer.Serialize(new { content }));
}
