using System.Text.Json;
using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Wallets;

/// <summary>Tokens that go the way back: credits that were a mistake, tips, and refunds that the platform pays.</summary>
public sealed class TakenBackTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_credit_is_taken_back_once_and_no_further_than_what_is_free()
    {
        var shop = await ShopScene.Open(_server, "tb-debit");
        var path = $"/api/v1/admin/balances/{shop.UserId}/debit";
        var body = """{"tokens":100,"reason":"Credited twice","idempotency_key":"d1"}""";

        var first = (await shop.Admin.Post(path, body)).ShouldBe(200);
        var again = (await shop.Admin.Post(path, body)).ShouldBe(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(("100", "20"), (first["tokens"], first["available"]));
        var more = body.Replace("d1", "d2", StringComparison.Ordinal);
        (await shop.Admin.Post(path, more)).ShouldRefuse(402, "INSUFFICIENT_BALANCE");
        var other = body.Replace("100", "10", StringComparison.Ordinal);
        (await shop.Admin.Post(path, other)).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        (await shop.User.Post(path, body)).ShouldRefuse(403, "FORBIDDEN");
        var newest = (await shop.User.Get("/api/v1/statement?limit=1")).Json.GetProperty("movements")[0];
        Assert.Equal(
            ("debit", $"balance/{shop.UserId}", "platform", "Credited twice"),
            (Text(newest, "kind"), Text(newest, "from"), Text(newest, "to"), Text(newest, "cause"))
        );
        Assert.Equal("True", (await shop.Admin.Get("/api/v1/admin/ledger/proof"))["conserved"]);
    }

    [Fact, Trait("Spec", "WA-1")]
    public async Task A_tip_is_given_back_once_by_its_model_or_an_admin_and_by_nobody_else()
    {
        var shop = await ShopScene.Open(_server, "tb-tip");
        var tip = await TipAsync(shop, 40);
        var path = $"/api/v1/tips/{tip["tipId"]}/refund";
        var body = """{"reason":"Too much","idempotency_key":"r1"}""";

        (await shop.User.Post(path, body)).ShouldRefuse(403, "FORBIDDEN");
        var stranger = await _server.Model("tb-tip-stranger");
        (await stranger.Post(path, body)).ShouldRefuse(403, "FORBIDDEN");
        (await shop.Model.Post(path, """{"idempotency_key":"r0"}""")).ShouldRefuse(400, "INVALID_REASON");
        var first = (await shop.Model.Post(path, body)).ShouldBe(200);
        var again = (await shop.Admin.Post(path, """{"reason":"Again","idempotency_key":"r2"}""")).ShouldBe(200);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(("40", "Too much", tip["tipId"]), (first["refundedTokens"], first["reason"], first["tipId"]));
        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "120");
        Assert.Equal("""{"tokens":0,"earned":40,"refunded":40,"paidOut":0}""", (await WalletAsync(shop)).Text);
        Assert.Equal("True", (await shop.Admin.Get("/api/v1/admin/ledger/proof"))["conserved"]);
        var purchase = (await shop.Buy("k"))["purchase_id"];
        (await shop.Model.Post($"/api/v1/tips/{purchase}/refund", body)).ShouldRefuse(404, "TIP_NOT_FOUND");
        (await shop.Model.Post("/api/v1/tips/x/refund", body)).ShouldRefuse(404, "TIP_NOT_FOUND");
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task A_refund_that_the_platform_pays_is_no_movement_of_the_wallet()
    {
        var shop = await ShopScene.Open(_server, "tb-platform");
        var tip = await TipAsync(shop, 40);
        await Eventually.TrueAsync(async () => (await WalletAsync(shop))["tokens"] == "40");
        var payout = """{"tokens":40,"reason":"November","idempotency_key":"p"}""";
        (await shop.Admin.Post($"/api/v1/admin/wallets/{shop.ModelId}/payout", payout)).ShouldBe(200);
        var path = $"/api/v1/tips/{tip["tipId"]}/refund";
        var body = """{"reason":"Fraud","fromPlatform":true,"idempotency_key":"r"}""";
        (await shop.Model.Post(path, body)).ShouldRefuse(409, "INSUFFICIENT_WALLET");

        var refund = (await shop.Admin.Post(path, body)).ShouldBe(200);

        Assert.Equal("True", refund["fromPlatform"]);
        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "120");
        var movements = (await shop.Model.Get("/api/v1/statement")).Json.GetProperty("movements").EnumerateArray();
        Assert.Equal(["payout", "tip"], movements.Select(static one => Text(one, "kind")));
        var user = (await shop.User.Get("/api/v1/statement?limit=1")).Json.GetProperty("movements")[0];
        Assert.Equal(("refund", "platform"), (Text(user, "kind"), Text(user, "from")));
        Assert.Equal("True", (await shop.Admin.Get("/api/v1/admin/ledger/proof"))["conserved"]);
    }

    private static async Task<Answer> TipAsync(ShopScene shop, long tokens)
    {
        var body = $$"""{"modelId":"{{shop.ModelId}}","tokens":{{tokens}},"idempotency_key":"tip"}""";
        return (await shop.User.Post("/api/v1/tips", body)).ShouldBe(200);
    }

    private static async Task<Answer> WalletAsync(ShopScene shop)
    {
        var wallet = (await shop.Model.Get("/api/v1/wallet")).ShouldBe(200);
        var seen = (await shop.Admin.Get($"/api/v1/admin/wallets/{shop.ModelId}")).ShouldBe(200);
        Assert.Equal(wallet.Members, seen.Members);
        return wallet;
    }

    private static string? Text(JsonElement movement, string member) => movement.GetProperty(member).GetString();
}
