using System.Text.Json;
using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Ledger;

public sealed class LedgerContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "WA-2")]
    public async Task The_proof_names_every_figure_and_what_it_covers()
    {
        var shop = await ShopScene.Open(_server, "lc-proof");
        await shop.Buy("k");

        var proof = (await shop.Admin.Get("/api/v1/admin/ledger/proof?positions=10000")).ShouldBe(200);

        Assert.Equal(
            [
                "conserved",
                "issued",
                "redeemed",
                "available",
                "held",
                "wallets",
                "inTransit",
                "accounts",
                "positions",
                "positionsDigest",
                "tookMs",
                "outside",
            ],
            proof.Members
        );
        Assert.Equal("True", proof["conserved"]);
        Assert.Contains(
            proof.Json.GetProperty("positions").EnumerateArray(),
            static at =>
                at.GetProperty("account").GetString() == "balance/lc-proof-u"
                && at.GetProperty("version").GetInt64() == 3
        );
        (await shop.Admin.Get("/api/v1/admin/ledger/proof?positions=-1")).ShouldRefuse(400, "INVALID_REQUEST");
        (await shop.Admin.Get("/api/v1/admin/ledger/proof?positions=10001")).ShouldRefuse(400, "INVALID_REQUEST");
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task A_statement_pages_newest_first_by_its_cursor()
    {
        var shop = await ShopScene.Open(_server, "lc-pages", tokens: 500);
        foreach (var number in Enumerable.Range(0, 5))
        {
            (await shop.Buy($"k{number}")).ShouldBe(200);
        }

        var first = (await shop.User.Get("/api/v1/statement?limit=4")).ShouldBe(200);
        var second = (await shop.User.Get($"/api/v1/statement?limit=4&cursor={first["next"]}")).ShouldBe(200);

        Assert.Equal("balance/lc-pages-u", first["account"]);
        Assert.Equal([250, 300, 350, 400], Available(first));
        Assert.Equal([450, 500], Available(second));
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("next").ValueKind);
        var newest = first.Json.GetProperty("movements")[0];
        Assert.Equal(
            ("purchase", "balance/lc-pages-u", "wallet/lc-pages-m", "Wave"),
            (
                newest.GetProperty("kind").GetString(),
                newest.GetProperty("from").GetString(),
                newest.GetProperty("to").GetString(),
                newest.GetProperty("cause").GetString()
            )
        );
        var admins = (await shop.Admin.Get($"/api/v1/admin/balances/{shop.UserId}/statement?limit=4")).ShouldBe(200);
        Assert.Equal(first.Text, admins.Text);
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task What_was_delivered_in_part_is_two_movements_with_names_and_balances_of_their_own()
    {
        var song = """{"name":"Song","token_value":100,"bonus_loyalty_points":50}""";
        var shop = await ShopScene.Open(_server, "lc-part", song, "ON", 120);
        var path = $"/queue/{shop.ModelId}/{(await shop.Buy("k"))["purchase_id"]}";
        (await shop.Model.Post($"{path}/start")).ShouldBe(200);
        var part = """{"deliver_percent":60,"idempotency_key":"c"}""";
        (await shop.Model.Post($"{path}/complete", part)).ShouldBe(200);
        await Eventually.TrueAsync(async () => (await shop.Balance())["available"] == "60");

        var whole = (await shop.User.Get("/api/v1/statement")).ShouldBe(200).Json.GetProperty("movements");
        var one = new List<JsonElement>();
        for (string? next = ""; next is not null; )
        {
            var page = (await shop.User.Get($"/api/v1/statement?limit=1{next}")).ShouldBe(200);
            one.Add(Assert.Single(page.Json.GetProperty("movements").EnumerateArray()));
            next = page["next"] is { Length: > 0 } cursor ? $"&cursor={cursor}" : null;
        }

        Assert.Equal(
            [("release", 60, 0, 30), ("capture", 20, 40, 30), ("hold", 20, 100, 0), ("credit", 120, 0, 0)],
            whole.EnumerateArray().Select(Seen)
        );
        Assert.Equal(whole.EnumerateArray().Select(static m => m.GetRawText()), one.Select(static m => m.GetRawText()));
        Assert.Equal(4, one.DistinctBy(static m => m.GetProperty("id").GetInt64()).Count());
        Assert.Equal(4, one.DistinctBy(static m => m.GetProperty("transfer").GetString()).Count());
        var json = (await shop.User.Get("/api/v1/statement?format=json")).ShouldBe(200).Json;
        Assert.Equal(
            one.Select(static m => m.GetRawText()).Reverse(),
            json.EnumerateArray().Select(static m => m.GetRawText())
        );

        static (string?, long, long, long) Seen(JsonElement movement) =>
            (
                movement.GetProperty("kind").GetString(),
                movement.GetProperty("available").GetInt64(),
                movement.GetProperty("held").GetInt64(),
                movement.GetProperty("loyaltyPoints").GetInt64()
            );
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task A_statement_is_narrowed_to_kinds_and_times()
    {
        var shop = await ShopScene.Open(_server, "lc-filter", tokens: 500);
        foreach (var number in Enumerable.Range(0, 3))
        {
            (await shop.Buy($"k{number}")).ShouldBe(200);
            await shop.Credit(number + 1, $"c{number}");
        }
        var all = (await shop.User.Get("/api/v1/statement")).ShouldBe(200).Json.GetProperty("movements");
        var (from, to) = (all[4].GetProperty("at").GetString(), all[1].GetProperty("at").GetString());

        var first = (await shop.User.Get("/api/v1/statement?kind=purchase&limit=2")).ShouldBe(200);
        var rest = (await shop.User.Get($"/api/v1/statement?kind=purchase&limit=2&cursor={first["next"]}")).ShouldBe(
            200
        );
        var times = (await shop.User.Get($"/api/v1/statement?from={from}&to={to}")).ShouldBe(200);
        var none = (await shop.User.Get("/api/v1/statement?kind=tip,refund")).ShouldBe(200);

        Assert.Equal(["purchase", "purchase"], Kinds(first));
        Assert.Equal(["purchase"], Kinds(rest));
        Assert.Equal(JsonValueKind.Null, rest.Json.GetProperty("next").ValueKind);
        // What happened at the moment that is the end is not in it any more.
        Assert.Equal(
            all.EnumerateArray()
                .Where(one => string.CompareOrdinal(At(one), from) >= 0 && string.CompareOrdinal(At(one), to) < 0)
                .Select(static one => one.GetRawText()),
            times.Json.GetProperty("movements").EnumerateArray().Select(static one => one.GetRawText())
        );
        Assert.Empty(Kinds(none));

        static IEnumerable<string?> Kinds(Answer page) =>
            page
                .Json.GetProperty("movements")
                .EnumerateArray()
                .Select(static one => one.GetProperty("kind").GetString());

        static string? At(JsonElement movement) => movement.GetProperty("at").GetString();
    }

    [Fact, Trait("Spec", "PM-10")]
    public async Task A_model_reads_what_she_sold_and_what_went_back_and_an_admin_any_models()
    {
        var shop = await ShopScene.Open(_server, "lc-sales");
        var id = (await shop.Buy("k1"))["purchase_id"];
        var refund = """{"reason":"Not well","idempotency_key":"r"}""";
        (await shop.Model.Post($"/menu/purchase/{id}/refund", refund)).ShouldBe(200);

        var own = (await shop.Model.Get("/api/v1/sales")).ShouldBe(200);
        Assert.Equal(own.Text, (await shop.Admin.Get($"/api/v1/sales?modelId={shop.ModelId}")).ShouldBe(200).Text);
        (await shop.Admin.Get("/api/v1/sales")).ShouldRefuse(404, "MODEL_NOT_FOUND");

        Assert.Equal(
            [("refund", id, shop.UserId, null, "Not well", 50), ("purchase", id, shop.UserId, "Wave", null, 50)],
            own.Json.GetProperty("sales")
                .EnumerateArray()
                .Select(static sale =>
                    (
                        sale.GetProperty("kind").GetString(),
                        sale.GetProperty("purchaseId").GetString(),
                        sale.GetProperty("userId").GetString(),
                        sale.GetProperty("itemName").GetString(),
                        sale.GetProperty("reason").GetString(),
                        sale.GetProperty("tokens").GetInt64()
                    )
                )
        );
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task A_statement_is_exported_whole_as_CSV_and_JSON()
    {
        var shop = await ShopScene.Open(_server, "lc-export", """{"name":"=1+1 \"Wave\"","token_value":1}""");
        await shop.Buy("k1");
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "1");

        var csv = (await shop.User.Get("/api/v1/statement?format=csv")).ShouldBe(200);
        var json = (await shop.Model.Get("/api/v1/statement?format=json")).ShouldBe(200);

        Assert.Equal("text/csv", csv.MediaType);
        Assert.Contains("attachment", csv.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith(
            "id,position,at,kind,tokens,from,to,transfer,purchase_id,cause,available",
            lines[0],
            StringComparison.Ordinal
        );
        // A spreadsheet must not take what a model typed for a formula.
        Assert.Contains(",\"'=1+1 \"\"Wave\"\"", lines[2], StringComparison.Ordinal);
        Assert.Equal("purchase", Assert.Single(json.Json.EnumerateArray()).GetProperty("kind").GetString());
    }

    [Fact, Trait("Spec", "WA-3")]
    public async Task The_balance_of_a_past_moment_can_be_asked_for()
    {
        var shop = await ShopScene.Open(_server, "lc-past");
        var credited = (await shop.User.Get("/api/v1/statement"))
            .Json.GetProperty("movements")[0]
            .GetProperty("at")
            .GetString();
        await shop.Buy("k1");

        var then = (await shop.User.Get($"/api/v1/statement?asOf={credited}")).ShouldBe(200);
        var before = (await shop.User.Get("/api/v1/statement?asOf=2020-01-01T00:00:00Z")).ShouldBe(200);

        Assert.Equal(("120", "0", "0"), (then["available"], then["held"], then["loyaltyPoints"]));
        Assert.Equal("0", before["available"]);
    }

    [Theory, Trait("Spec", "WA-3")]
    [InlineData("cursor=0", "INVALID_STATEMENT_REQUEST")]
    [InlineData("cursor=x", "INVALID_STATEMENT_REQUEST")]
    [InlineData("asOf=2020-01-01T00:00:00", "INVALID_STATEMENT_REQUEST")]
    [InlineData("asOf=yesterday", "INVALID_STATEMENT_REQUEST")]
    [InlineData("format=xml", "INVALID_STATEMENT_REQUEST")]
    [InlineData("kind=gift", "INVALID_STATEMENT_REQUEST")]
    [InlineData("kind=tip,", "INVALID_STATEMENT_REQUEST")]
    [InlineData("from=today", "INVALID_STATEMENT_REQUEST")]
    [InlineData("to=2020-01-01T00:00:00", "INVALID_STATEMENT_REQUEST")]
    [InlineData("limit=0", "INVALID_PAGE")]
    [InlineData("limit=101", "INVALID_PAGE")]
    public async Task A_statement_that_cannot_be_is_refused(string query, string code) =>
        (await _server.As("user", "lc-nobody").Get("/api/v1/statement?" + query)).ShouldRefuse(400, code);

    private static IEnumerable<long> Available(Answer page) =>
        page
            .Json.GetProperty("movements")
            .EnumerateArray()
            .Select(static one => one.GetProperty("available").GetInt64());
}
