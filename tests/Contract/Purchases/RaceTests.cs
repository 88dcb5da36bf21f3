using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Purchases;

/// <summary>Everybody at once, over real sockets.</summary>
public sealed class RaceTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "PM-4")]
    public async Task Of_two_hundred_parallel_purchases_against_a_balance_for_fifty_fifty_succeed()
    {
        var shop = await ShopScene.Open(_server, "race-funds", tokens: 50 * 50);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => shop.Buy($"k{number}")));

        Assert.Equal(50, answers.Count(static answer => answer.Status == 200));
        Assert.Equal(150, answers.Count(static answer => answer.Status == 402));
        Assert.All(
            answers.Where(static answer => answer.Status != 200),
            static answer => Assert.Equal("INSUFFICIENT_BALANCE", answer.Error)
        );
        var balance = await shop.Balance();
        Assert.Equal(("0", "0", "1500"), (balance["available"], balance["held"], balance["loyaltyPoints"]));
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "2500");
        Assert.Equal("50", (await shop.User.Get("/menu/purchase/history?limit=1"))["total"]);
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task Of_a_hundred_parallel_requests_with_one_key_one_is_a_purchase_and_all_answers_are_identical()
    {
        var shop = await ShopScene.Open(_server, "race-key", tokens: 5_000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => shop.Buy("the-one-key")));

        Assert.All(answers, static answer => answer.ShouldBe(200));
        Assert.Single(answers.Select(static answer => answer.Text).Distinct());
        Assert.Equal("4950", (await shop.Balance())["available"]);
        Assert.Equal("1", (await shop.User.Get("/menu/purchase/history"))["total"]);
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "50");
    }
}
