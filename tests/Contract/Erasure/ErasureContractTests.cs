using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Erasure;

[Trait("Spec", "AC-2")]
public sealed class ErasureContractTests(SharedServer shared)
{
    private const string Confirmed = """{"confirm":true}""";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    public async Task Who_erases_herself_is_gone_for_the_others_and_refused_from_then_on()
    {
        var model = await _server.Model("gone-ana");
        var user = await _server.User("gone-bo");
        (await user.Put("/api/v1/me", """{"displayName":"Zaphod"}""")).ShouldBe(200);
        (await SayAsync(user, "gone-ana", "between us")).ShouldBe(201);
        await Eventually.TrueAsync(async () =>
            (await model.Get("/api/v1/conversations")).Text.Contains("gone-bo", StringComparison.Ordinal)
            && (await user.Get("/api/v1/conversations")).Text.Contains("gone-ana", StringComparison.Ordinal)
        );

        var begun = (await user.Send(HttpMethod.Delete, "/api/v1/me", Confirmed)).ShouldBe(202);

        Assert.Equal(["userId", "begunAt", "endedAt", "changes", "conversations"], begun.Members);
        (await user.Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
        await EndedAsync("gone-bo");
        (await model.Get("/api/v1/conversations/gone-bo/messages")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        Assert.DoesNotContain("gone-bo", (await model.Get("/api/v1/conversations")).Text, StringComparison.Ordinal);
        (await SayAsync(model, "gone-bo", "still there?")).ShouldRefuse(404, "CONVERSATION_NOT_FOUND");
        (await Admin.Get("/api/v1/admin/users/gone-bo")).ShouldRefuse(404, "USER_NOT_FOUND");
        // Tokens of the second of the revocation may be older; one that is issued later meets the person who was erased.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System);
        (await _server.As("user", "gone-bo").Get("/api/v1/me")).ShouldRefuse(410, "PERSON_ERASED");
        (await _server.As("model", "gone-bo").Get("/api/v1/me")).ShouldRefuse(410, "PERSON_ERASED");
        (await Admin.Put("/api/v1/admin/users/gone-bo", """{"displayName":"New"}""")).ShouldRefuse(
            410,
            "PERSON_ERASED"
        );
        (await Admin.Put("/api/v1/admin/models/gone-bo", """{"displayName":"New"}""")).ShouldRefuse(
            410,
            "PERSON_ERASED"
        );
    }

    [Fact]
    public async Task Tokens_go_first_and_their_ledger_stays()
    {
        var user = await _server.User("paid-bo");
        await MoveAsync("credit", 70, "in");

        var refused = (await user.Send(HttpMethod.Delete, "/api/v1/me", Confirmed)).ShouldRefuse(409, "TOKENS_LEFT");
        Assert.Equal(("70", "0"), (refused["available"], refused["held"]));
        await MoveAsync("debit", 70, "out");
        (await Admin.Send(HttpMethod.Delete, "/api/v1/admin/users/paid-bo", Confirmed)).ShouldBe(202);

        await EndedAsync("paid-bo");
        var statement = (await Admin.Get("/api/v1/admin/balances/paid-bo/statement")).ShouldBe(200);
        Assert.Equal(2, statement.Json.GetProperty("movements").GetArrayLength());
        (await Admin.Get("/api/v1/admin/ledger/proof")).ShouldBe(200);

        async Task MoveAsync(string verb, int tokens, string key) =>
            (
                await Admin.Post(
                    $"/api/v1/admin/balances/paid-bo/{verb}",
                    JsonSerializer.Serialize(
                        new
                        {
                            tokens,
                            reason = "Test",
                            idempotency_key = key,
                        }
                    )
                )
            ).ShouldBe(200);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"confirm":false}""")]
    [InlineData("""{"confirm":"true"}""")]
    public async Task Nothing_is_erased_by_mistake(string body)
    {
        var user = await _server.User("careful-bo");

        (await user.Send(HttpMethod.Delete, "/api/v1/me", body)).ShouldRefuse(400, "ERASURE_NOT_CONFIRMED");
        (await Admin.Send(HttpMethod.Delete, "/api/v1/admin/users/careful-bo", body)).ShouldRefuse(
            400,
            "ERASURE_NOT_CONFIRMED"
        );

        (await user.Get("/api/v1/me")).ShouldBe(200);
        (await Admin.Get("/api/v1/admin/users/careful-bo/erasure")).ShouldRefuse(404, "ERASURE_NOT_FOUND");
    }

    [Fact]
    public async Task A_model_is_gone_for_everybody_and_an_admin_erases_her_by_her_own_path()
    {
        var model = await _server.Model("gone-ida");
        (await model.Post("/api/v1/mood/update", """{"moodState":"positive","customMessage":"hi"}""")).ShouldBe(200);
        (await Admin.Send(HttpMethod.Delete, "/api/v1/admin/users/gone-ida", Confirmed)).ShouldRefuse(
            404,
            "USER_NOT_FOUND"
        );
        (await Admin.Get("/api/v1/admin/models/gone-ida/erasure")).ShouldRefuse(404, "ERASURE_NOT_FOUND");

        var begun = await Admin.Send(HttpMethod.Delete, "/api/v1/admin/models/gone-ida", Confirmed);

        Assert.Equal(["modelId", "begunAt", "endedAt", "changes", "conversations"], begun.ShouldBe(202).Members);
        await Eventually.TrueAsync(async () =>
            (await Admin.Get("/api/v1/admin/models/gone-ida/erasure")).ShouldBe(200)["endedAt"] != ""
        );
        (await model.Get("/api/v1/me")).ShouldRefuse(401, "TOKEN_REVOKED");
        (await Admin.Get("/api/v1/mood/gone-ida")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await Admin.Get("/api/v1/admin/users/gone-ida/erasure")).ShouldRefuse(404, "ERASURE_NOT_FOUND");
        (await Admin.Put("/api/v1/admin/models/gone-ida", """{"displayName":"New"}""")).ShouldRefuse(
            410,
            "PERSON_ERASED"
        );
    }

    [Fact]
    public async Task A_user_and_nobody_are_no_models_and_a_model_and_nobody_are_no_users()
    {
        await _server.Model("kept-ana");
        await _server.User("kept-bo");
        foreach (var id in new[] { "kept-bo", "never-seen", "no.id" })
        {
            (await Admin.Send(HttpMethod.Delete, $"/api/v1/admin/models/{id}", Confirmed)).ShouldRefuse(
                404,
                "MODEL_NOT_FOUND"
            );
        }
        foreach (var id in new[] { "kept-ana", "never-seen", "no.id" })
        {
            (await Admin.Send(HttpMethod.Delete, $"/api/v1/admin/users/{id}", Confirmed)).ShouldRefuse(
                404,
                "USER_NOT_FOUND"
            );
        }
        (await Admin.Send(HttpMethod.Delete, "/api/v1/me", Confirmed)).ShouldRefuse(403, "FORBIDDEN");
    }

    private Task EndedAsync(string user) =>
        Eventually.TrueAsync(async () =>
            (await Admin.Get($"/api/v1/admin/users/{user}/erasure")).ShouldBe(200)["endedAt"] != ""
        );

    private static Task<Answer> SayAsync(ApiClient client, string peer, string content) =>
        client.Post($"/api/v1/conversations/{peer}/messages", JsonSerializer.Serialize(new { content }));
}
