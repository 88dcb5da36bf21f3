using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.Grains.Tests.Attachments;
using Actors.TestKit;

namespace Actors.Contract.Tests.Exports;

[Trait("Spec", "AC-2")]
public sealed class ExportContractTests(SharedServer shared)
{
    private const string Path = "/api/v1/me/export";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task What_somebody_wrote_and_sent_is_in_her_file_and_nothing_of_others()
    {
        await _server.Model("export-ana");
        var user = await _server.User("export-bo");
        var other = await _server.User("export-eve");
        (await user.Put("/api/v1/me", """{"displayName":"Zaphod"}""")).ShouldBe(200);
        await SayAsync(user, "mine alone");
        await SayAsync(other, "not for bo");
        var picture = await UploadAsync("export-bo");
        await SayAsync(user, "look", picture);
        await Eventually.TrueAsync(async () =>
            (await user.Get("/api/v1/conversations")).Text.Contains("export-ana", StringComparison.Ordinal)
        );
        (await user.Get(Path)).ShouldRefuse(404, "EXPORT_NOT_FOUND");
        (await user.Get($"{Path}/file")).ShouldRefuse(404, "EXPORT_NOT_FOUND");

        var asked = (await user.Post(Path)).ShouldBe(202);
        var ready = await ReadyAsync(user);

        Assert.Equal(
            ["id", "status", "parts", "partsTotal", "requestedAt", "readyAt", "expiresAt", "size"],
            asked.Members
        );
        Assert.Equal(asked["id"], ready["id"]);
        Assert.Equal(ready["partsTotal"], $"{ready.Json.GetProperty("parts").GetArrayLength()}");
        using var answer = await GetAsync("user", "export-bo");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            $"attachment; filename=\"export-{ready["id"]}.zip\"",
            answer.Content.Headers.ContentDisposition!.ToString()
        );
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(ready["size"], $"{answer.Content.Headers.ContentLength}");
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = zip.Entries.ToDictionary(static entry => entry.FullName, ReadAll);
        var said = JsonElement.Parse(files["conversations/export-ana.json"]).EnumerateArray().ToArray();
        Assert.Equal(
            ["look", "mine alone"],
            said.Where(static one => one.GetProperty("sender").GetString() == "user")
                .Select(static one => one.GetProperty("content").GetString())
        );
        var sent = (await user.Get($"/api/v1/conversations/export-ana/attachments/{picture}")).ShouldBe(200);
        Assert.Equal(sent.Headers["Content-Length"], $"{files[$"conversations/export-ana/{picture}.jpg"].Length}");
        Assert.DoesNotContain(files.Values, static one => Text(one).Contains("not for bo", StringComparison.Ordinal));
        Assert.DoesNotContain(files.Values, static one => Text(one).Contains("export-eve", StringComparison.Ordinal));
        Assert.Contains(
            "export_requested",
            (await user.Get("/api/activity?action=export_requested")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Its_files_are_written_as_the_API_answers()
    {
        await _server.Model("same-ana");
        var user = await _server.User("same-bo");
        var body = JsonSerializer.Serialize(
            new
            {
                tokens = 70,
                reason = "Test",
                idempotency_key = "in",
            }
        );
        (await _server.As("admin", "root").Post("/api/v1/admin/balances/same-bo/credit", body)).ShouldBe(200);
        (await user.Post("/api/pets", """{"name":"Rex"}""")).ShouldBe(201);
        await SayAsync(user, "hello", peer: "same-ana");
        await Eventually.TrueAsync(async () =>
            (await user.Get("/api/v1/conversations")).Text.Contains("same-ana", StringComparison.Ordinal)
        );
        var from = new string('1', 40);
        var chain = $$"""
            { "transactionHash": "0x{{new string(
                'e',
                64
            )}}", "from": "0x{{from}}", "to": "0x{{from}}", "amount": "0.25",
              "token": "ETH", "type": "transfer" }
            """;
        (await user.Post("/api/transactions", chain)).ShouldBe(201);
        await Eventually.TrueAsync(async () =>
            (await user.Get("/api/transactions")).Text.Contains("0xeeee", StringComparison.Ordinal)
        );

        (await user.Post(Path)).ShouldBe(202);
        await ReadyAsync(user);

        using var answer = await GetAsync("user", "same-bo");
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = zip.Entries.ToDictionary(static entry => entry.FullName, entry => Text(ReadAll(entry)));
        Assert.Equal((await user.Get("/api/v1/me")).Text, files["profile.json"]);
        Assert.Equal((await user.Get("/api/v1/balance")).Text, files["balance.json"]);
        await SameAsync("/api/v1/statement", "movements", "statement.json");
        await SameAsync("/api/pets", "pets", "pets.json");
        await SameAsync("/api/activity", "activities", "activity.json");
        await SameAsync("/api/v1/conversations/same-ana/messages", "messages", "conversations/same-ana.json");
        var listed = (await user.Get("/api/transactions")).Json.GetProperty("transactions")[0];
        var recorded = JsonElement.Parse(files["transactions.json"])[0];
        Assert.Equal([.. Names(recorded), "ledger"], Names(listed));

        async Task SameAsync(string path, string list, string file)
        {
            var shown = (await user.Get(path)).ShouldBe(200).Json.GetProperty(list)[0];
            Assert.Equal(Names(shown), Names(JsonElement.Parse(files[file])[0]));
        }
    }

    [Fact]
    public async Task A_models_menus_and_moods_and_wallet_are_in_hers_as_the_API_answers_archived_menus_as_well()
    {
        var model = await _server.Model("sells-ana");
        var menu = (
            await model.Post("/menu", """{"name":"Fun","theme":{"colour":"red"},"whitelist_users":["bo"]}""")
        ).ShouldBe(200)["_id"];
        var item = """
            {"name":"Song","token_value":50,"description":"Any",
            "lovense_activation":{"timing_offset":1,"duration":10,"intensity":5,"pattern":"wave"}}
            """;
        (await model.Post($"/menu/{menu}/items", item)).ShouldBe(200);
        var archived = (await model.Post("/menu", """{"name":"Old","theme":"dark"}""")).ShouldBe(200)["_id"];
        (await model.Send(HttpMethod.Delete, $"/menu/{archived}")).ShouldBe(200);
        (await model.Post("/api/v1/mood/update", """{"moodState":"positive","customMessage":"hi"}""")).ShouldBe(200);
        await Eventually.TrueAsync(async () =>
            (await model.Get("/menu/model/sells-ana")).Json.GetProperty("menus").GetArrayLength() == 1
        );

        (await model.Post(Path)).ShouldBe(202);
        await ReadyAsync(model);

        using var answer = await GetAsync("model", "sells-ana");
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = zip.Entries.ToDictionary(static entry => entry.FullName, entry => Text(ReadAll(entry)));
        // In whatever order.
        Assert.True(
            JsonElement.DeepEquals((await model.Get("/api/v1/me")).Json, JsonElement.Parse(files["profile.json"]))
        );
        Assert.Equal((await model.Get("/api/v1/wallet")).Text, files["wallet.json"]);
        var menus = JsonElement.Parse(files["menus.json"]).EnumerateArray().Select(static one => one.GetRawText());
        Assert.Equal([(await model.Get($"/menu/{menu}")).Text, (await model.Get($"/menu/{archived}")).Text], menus);
        var mood = JsonElement.Parse(files["moods.json"])[0];
        Assert.Equal("hi", mood.GetProperty("customMessage").GetString());
        Assert.Contains("devices.json", files.Keys);
        Assert.DoesNotContain("subscriptions.json", files.Keys);
    }

    [Fact]
    public async Task Each_gets_her_own_and_only_people_have_one()
    {
        var user = await _server.User("own-bo");
        await _server.User("own-eve");
        (await user.Post(Path)).ShouldBe(202);
        await ReadyAsync(user);

        (await _server.As("user", "own-eve").Get(Path)).ShouldRefuse(404, "EXPORT_NOT_FOUND");
        (await _server.As("user", "own-eve").Get($"{Path}/file")).ShouldRefuse(404, "EXPORT_NOT_FOUND");
        (await _server.As("admin", "root").Get($"{Path}/file")).ShouldRefuse(403, "FORBIDDEN");
        (await _server.As("service", "svc").Post(Path)).ShouldRefuse(403, "FORBIDDEN");
    }

    [Fact]
    public async Task More_than_three_a_day_are_refused_with_the_time_to_come_back()
    {
        var user = await _server.User("many-bo");
        for (var number = 0; number < 3; number++)
        {
            (await user.Post(Path)).ShouldBe(202);
            await ReadyAsync(user);
        }

        var refused = (await user.Post(Path)).ShouldRefuse(429, "TOO_MANY_EXPORTS");

        Assert.NotEqual("", refused["resetTime"]);
        (await user.Get(Path)).ShouldBe(200);
    }

    private static async Task SayAsync(
        ApiClient client,
        string content,
        string? picture = null,
        string peer = "export-ana"
    ) =>
        (
            await client.Post(
                $"/api/v1/conversations/{peer}/messages",
                JsonSerializer.Serialize(new { content, attachments = picture is null ? [] : new[] { picture } })
            )
        ).ShouldBe(201);

    private static Task<Answer> ReadyAsync(ApiClient client) =>
        Eventually.GetAsync(() => client.Get(Path), static one => one.ShouldBe(200)["status"] == "ready");

    private async Task<string> UploadAsync(string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/conversations/export-ana/attachments");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token("user", user));
        request.Content = new ByteArrayContent(Samples.Jpeg());
        using var answer = await _server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }

    private async Task<HttpResponseMessage> GetAsync(string role, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/file");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token(role, id));
        return await _server.Http.SendAsync(request);
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var file = entry.Open();
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file);

    private static IEnumerable<string> Names(JsonElement element) =>
        element.EnumerateObject().Select(static member => member.Name);
}
