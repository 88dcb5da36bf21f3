using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Purchases;

public sealed class SalesContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "PM-10")]
    public async Task A_model_sees_what_was_sold_and_an_admin_sees_it_by_name()
    {
        var shop = await ShopScene.Open(_server, "sc-report");
        (await shop.Buy("k")).ShouldBe(200);
        await Eventually.TrueAsync(async () => (await shop.Model.Get("/api/v1/wallet"))["tokens"] == "50");

        var report = (await shop.Model.Get("/api/v1/analytics/purchases")).ShouldBe(200);

        Assert.Equal(["from", "to", "total", "byMode", "byItem", "byDay", "byHour", "bestHours"], report.Members);
        Assert.Equal(
            """{"sales":1,"tokens":50,"refunds":0,"refundedTokens":0,"refundRate":0}""",
            report.Json.GetProperty("total").GetRawText()
        );
        var byAdmin = await shop.Admin.Get($"/api/v1/analytics/purchases?modelId={shop.ModelId}");
        Assert.Equal(report.Text, byAdmin.ShouldBe(200).Text);
        (await shop.Admin.Get("/api/v1/analytics/purchases")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await shop.Model.Get("/api/v1/analytics/purchases?from=soon")).ShouldRefuse(400, "INVALID_DATE_RANGE");
        var tooLong = "/api/v1/analytics/purchases?from=2020-01-01&to=2026-01-01";
        (await shop.Model.Get(tooLong)).ShouldRefuse(400, "INVALID_DATE_RANGE");
    }

    [Fact, Trait("Spec", "PM-12")]
    public async Task Advice_names_every_item_on_a_menu_and_changes_nothing()
    {
        var shop = await ShopScene.Open(_server, "sc-advice");

        var advice = (await shop.Model.Get("/api/v1/analytics/prices")).ShouldBe(200);

        var item = Assert.Single(advice.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (shop.ItemId, "keep", 50, 50),
            (
                item.GetProperty("itemId").GetString(),
                item.GetProperty("move").GetString(),
                item.GetProperty("price").GetInt32(),
                item.GetProperty("suggestedPrice").GetInt32()
            )
        );
        Assert.NotEmpty(item.GetProperty("reasons").EnumerateArray());
        (await shop.Admin.Get("/api/v1/analytics/prices")).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }
}
