using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Wallets;

public sealed class WalletContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_tip_answers_with_what_is_left_and_its_repeat_the_same()
    {
        await _server.Model("wc-tipped");
        var user = await RichAsync("wc-tipper", 100);
        var body = """{"modelId":"wc-tipped","tokens":40,"message":"Lovely","idempotency_key":"t1"}""";

        var first = (await user.Post("/api/v1/tips", body)).ShouldBe(200);
        var again = (await user.Post("/api/v1/tips", body)).ShouldBe(200);

        Assert.Equal(["tipId", "transferId", "modelId", "tokens", "available", "at"], first.Members);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(("40", "60"), (first["tokens"], first["available"]));
        var other = body.Replace("40", "41", StringComparison.Ordinal);
        (await user.Post("/api/v1/tips", other)).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        await Eventually.TrueAsync(async () =>
            (await _server.As("model", "wc-tipped").Get("/api/v1/wallet")).Text
            == """{"tokens":40,"earned":40,"refunded":0,"paidOut":0}"""
        );
    }

    [Theory, Trait("Spec", "WA-1")]
    [InlineData("""{"modelId":"wc-m","tokens":1}""", 400, "IDEMPOTENCY_KEY_REQUIRED")]
    [InlineData("""{"modelId":"wc-m","tokens":1,"idempotency_key":7}""", 400, "IDEMPOTENCY_KEY_REQUIRED")]
    [InlineData("""{"modelId":"wc-m","tokens":0,"idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"wc-m","tokens":-5,"idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"wc-m","tokens":1.5,"idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"wc-m","tokens":"5","idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"wc-m","tokens":9223372036854775808,"idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"wc-m","idempotency_key":"k"}""", 400, "INVALID_TOKENS")]
    [InlineData("""{"modelId":"no one","tokens":1,"idempotency_key":"k"}""", 404, "MODEL_NOT_FOUND")]
    [InlineData("""{"modelId":"wc-nobody","tokens":1,"idempotency_key":"k"}""", 404, "MODEL_NOT_FOUND")]
    [InlineData("""{"tokens":1,"idempotency_key":"k"}""", 404, "MODEL_NOT_FOUND")]
    [InlineData("""{"modelId":"wc-m","tokens":101,"idempotency_key":"k"}""", 402, "INSUFFICIENT_BALANCE")]
    public async Task A_tip_that_cannot_be_is_refused_with_its_own_code(string body, int status, string code)
    {
        await _server.Model("wc-m");
        var user = await RichAsync("wc-careful", 100);

        (await user.Post("/api/v1/tips", body)).ShouldRefuse(status, code);

        Assert.Equal("100", (await user.Get("/api/v1/balance"))["available"]);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_message_of_a_tip_has_a_limit()
    {
        await _server.Model("wc-m");
        var user = await RichAsync("wc-wordy", 100);
        var body = $$"""{"modelId":"wc-m","tokens":1,"message":"{{new string('x', 201)}}","idempotency_key":"k"}""";
        (await user.Post("/api/v1/tips", body)).ShouldRefuse(400, "INVALID_TIP_MESSAGE");
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task Credits_and_payouts_need_a_key_a_reason_and_tokens()
    {
        var admin = _server.As("admin", "root");
        await _server.Model("wc-payee");
        await _server.User("wc-x");
        foreach (
            var path in new[]
            {
                "/api/v1/admin/balances/wc-x/credit",
                "/api/v1/admin/balances/wc-x/debit",
                "/api/v1/admin/wallets/wc-payee/payout",
            }
        )
        {
            (await admin.Post(path, """{"tokens":5,"reason":"r"}""")).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
            (await admin.Post(path, """{"tokens":5,"idempotency_key":"k"}""")).ShouldRefuse(400, "INVALID_REASON");
            (await admin.Post(path, """{"reason":"r","idempotency_key":"k"}""")).ShouldRefuse(400, "INVALID_TOKENS");
        }
        var payout = """{"tokens":5,"reason":"r","idempotency_key":"k"}""";
        (await admin.Post("/api/v1/admin/wallets/wc-payee/payout", payout)).ShouldRefuse(409, "INSUFFICIENT_WALLET");
        (await admin.Post("/api/v1/admin/balances/no%20one/credit", payout)).ShouldRefuse(404, "USER_NOT_FOUND");
    }

    private async Task<ApiClient> RichAsync(string userId, long tokens)
    {
        var user = await _server.User(userId);
        var body = $$"""{"tokens":{{tokens}},"reason":"Top-up","idempotency_key":"first"}""";
        (await _server.As("admin", "root").Post($"/api/v1/admin/balances/{userId}/credit", body)).ShouldBe(200);
        return user;
    }
}
