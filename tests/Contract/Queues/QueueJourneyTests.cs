using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Queues;

/// <summary>From the purchase to its end, over real sockets.</summary>
[Trait("Spec", "PM-6")]
public sealed class QueueJourneyTests(SharedServer shared)
{
    private const string Song = """{"name":"Song","token_value":200,"bonus_loyalty_points":150}""";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_queued_purchase_answers_as_the_contract_says_and_waits_in_order()
    {
        var shop = await ShopScene.Open(_server, "qj-order", Song, "ON", 1_000);

        var answers = new List<Answer>();
        for (var number = 1; number <= 3; number++)
        {
            answers.Add((await shop.Buy($"k{number}")).ShouldBe(200));
        }

        Assert.Equal(
            [
                "success",
                "purchase_id",
                "transaction_type",
                "status",
                "token_value",
                "loyalty_points_awarded",
                "queue_position",
                "estimated_wait_minutes",
            ],
            answers[2].Members
        );
        Assert.Equal(
            ("queued", "pending", "200", "150", "3", "45"),
            (
                answers[2]["transaction_type"],
                answers[2]["status"],
                answers[2]["token_value"],
                answers[2]["loyalty_points_awarded"],
                answers[2]["queue_position"],
                answers[2]["estimated_wait_minutes"]
            )
        );
        Assert.Equal("""{"available":400,"held":600,"loyaltyPoints":0}""", (await shop.Balance()).Text);
        await Eventually.TrueAsync(async () => (await shop.Model.Get($"/queue/{shop.ModelId}"))["length"] == "3");
        var status = await shop.User.Get($"/menu/purchase/{answers[2]["purchase_id"]}/status");
        Assert.Equal(("pending", "3"), (status["status"], status["queue_position"]));
        var repeated = (await shop.Buy("k3")).ShouldBe(200);
        Assert.Equal(answers[2].Text, repeated.Text);
    }

    [Fact]
    public async Task A_purchase_is_started_delivered_in_part_and_paid()
    {
        var shop = await ShopScene.Open(_server, "qj-part", Song, "ON", 200);
        var id = await BuyAsync(shop, "k1");
        var path = $"/queue/{shop.ModelId}/{id}";

        (await shop.Model.Post($"{path}/complete", """{"idempotency_key":"c0"}""")).ShouldRefuse(
            409,
            "QUEUE_ENTRY_NOT_STARTED"
        );
        (await shop.Model.Post($"{path}/start")).ShouldBe(200);
        (await shop.Model.Post($"{path}/complete", """{"deliver_percent":60}""")).ShouldRefuse(
            400,
            "IDEMPOTENCY_KEY_REQUIRED"
        );
        (await shop.Model.Post($"{path}/complete", """{"deliver_percent":0,"idempotency_key":"c1"}""")).ShouldRefuse(
            400,
            "INVALID_DELIVER_PERCENT"
        );
        var body = """{"deliver_percent":60,"idempotency_key":"c1"}""";
        var done = (await shop.Model.Post($"{path}/complete", body)).ShouldBe(200);
        Assert.Equal(done.Text, (await shop.Model.Post($"{path}/complete", body)).ShouldBe(200).Text);
        (await shop.Model.Post($"{path}/reject", """{"idempotency_key":"x1"}""")).ShouldRefuse(
            409,
            "QUEUE_ENTRY_FINISHED"
        );

        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "120");
        Assert.Equal("""{"available":80,"held":0,"loyaltyPoints":90}""", (await shop.Balance()).Text);
        var status = await shop.User.Get($"/menu/purchase/{id}/status");
        Assert.Equal(
            ("completed", "delivered", "120", "80"),
            (status["status"], status["resolution"], status["captured_tokens"], status["refunded_tokens"])
        );
        Assert.All(
            new[] { "created_at", "started_at", "completed_at", "refunded_at" },
            member => Assert.NotEqual("", status[member])
        );
    }

    [Fact]
    public async Task A_user_cancels_what_waits_and_nobody_elses()
    {
        var shop = await ShopScene.Open(_server, "qj-cancel", Song, "ON", 400);
        var (first, second) = (await BuyAsync(shop, "k1"), await BuyAsync(shop, "k2"));
        var body = """{"idempotency_key":"x"}""";

        var stranger = _server.As("user", "qj-stranger");
        (await stranger.Post($"/queue/{shop.ModelId}/{first}/cancel", body)).ShouldRefuse(404, "QUEUE_ENTRY_NOT_FOUND");
        (await shop.Model.Post($"/queue/{shop.ModelId}/{first}/start")).ShouldBe(200);
        (await shop.User.Post($"/queue/{shop.ModelId}/{first}/cancel", body)).ShouldRefuse(409, "QUEUE_ENTRY_STARTED");
        (await shop.User.Post($"/queue/{shop.ModelId}/{second}/cancel", body)).ShouldBe(200);

        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "200");
        var status = await shop.User.Get($"/menu/purchase/{second}/status");
        Assert.Equal(("refunded", "cancelled"), (status["status"], status["resolution"]));
    }

    [Fact]
    public async Task A_full_or_paused_queue_refuses_and_holds_nothing()
    {
        await using var server = await ApiServer.Start(["--Queues:MaxLength=1"]);
        var shop = await ShopScene.Open(server, "qj-full", Song, "ON", 1_000);
        await BuyAsync(shop, "k1");

        (await shop.Buy("k2")).ShouldRefuse(409, "QUEUE_FULL");
        (await shop.Model.Post($"/queue/{shop.ModelId}/pause")).ShouldBe(200);
        (await shop.Buy("k3")).ShouldRefuse(409, "QUEUE_PAUSED");

        Assert.Equal(("800", "200"), ((await shop.Balance())["available"], (await shop.Balance())["held"]));
        var proof = (await shop.Admin.Get("/api/v1/admin/ledger/proof")).ShouldBe(200);
        Assert.Equal(("True", "200"), (proof["conserved"], proof["held"]));
    }

    private static async Task<string> BuyAsync(ShopScene shop, string key)
    {
        var id = (await shop.Buy(key)).ShouldBe(200)["purchase_id"]!;
        await Eventually.TrueAsync(async () =>
            (await shop.User.Get($"/queue/{shop.ModelId}")).Text.Contains(id, StringComparison.Ordinal)
        );
        return id;
    }
}
