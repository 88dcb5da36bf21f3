using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "OP-2")]
public sealed class MoneyMetricsTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task Purchases_their_tokens_and_their_refusals_by_code_are_counted_and_a_repeat_is_not()
    {
        var shop = await ShopScene.Open(_server, "mm-count", tokens: 120);
        var before = await MetricsPage.ReadAsync(_server);
        (await shop.Buy("k1")).ShouldBe(200);
        (await shop.Buy("k1")).ShouldBe(200);
        (await shop.Buy("k2")).ShouldBe(200);
        (await shop.Buy("k3")).ShouldRefuse(402, "INSUFFICIENT_BALANCE");
        var after = await MetricsPage.ReadAsync(_server);

        // Other tests of this process may buy at the same time, so that these are bounds; 2 and 100 alone are exact.
        AssertGrew("""actors_purchases_total{result="completed"}""", 2);
        AssertGrew("""actors_purchases_tokens_total{result="completed"}""", 100);
        AssertGrew("""actors_purchases_refused_total{error="INSUFFICIENT_BALANCE"}""", 1);

        void AssertGrew(string series, double least) =>
            Assert.InRange(
                after.GetValueOrDefault(series) - before.GetValueOrDefault(series),
                least,
                double.PositiveInfinity
            );
    }

    [Fact]
    public async Task Tokens_that_cannot_reach_a_wallet_are_seen_on_their_way_with_their_age()
    {
        var unreachable = new UnreachableGrains(nameof(IWalletGrain));
        await using var server = await ApiServer.Start(configure: unreachable.AddTo);
        var shop = await ShopScene.Open(server, "mm-transit");
        Assert.Equal(0, (await MetricsPage.ReadAsync(server))["actors_tokens_in_transit"]);
        (await shop.Buy("k1")).ShouldBe(200);
        (await shop.Buy("k2")).ShouldBe(200);
        await MetricsPage.EventuallyAsync(
            server,
            static metrics =>
                metrics["actors_tokens_in_transit"] == 100
                && metrics["actors_outbox_waiting"] >= 2
                && metrics["actors_outbox_age_seconds"] >= 1
        );
    }

    [Fact]
    public async Task What_has_arrived_is_on_its_way_no_longer()
    {
        await using var server = await ApiServer.Start();
        var shop = await ShopScene.Open(server, "mm-arrived");
        (await shop.Buy("k1")).ShouldBe(200);
        await MetricsPage.EventuallyAsync(
            server,
            static metrics => metrics["actors_tokens_in_transit"] == 0 && metrics["actors_outbox_waiting"] == 0
        );
        Assert.Equal("50", (await shop.Model.Get("/api/v1/wallet")).ShouldBe(200)["tokens"]);
    }
}
