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
            "id,at,kind,tokens,from,to,transfer,purchase_id,cause,available",
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
