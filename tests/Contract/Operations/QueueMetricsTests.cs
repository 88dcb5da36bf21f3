using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

/// <summary>Queues are counted for the process, so that nothing else may happen in it meanwhile.</summary>
[CollectionDefinition(nameof(QueueMetricsTests), DisableParallelization = true)]
[Collection(nameof(QueueMetricsTests))]
[Trait("Spec", "OP-2")]
public sealed class QueueMetricsTests
{
    private const string QueueEntries = "actors_queue_entries";

    [Fact]
    public async Task An_entry_counts_from_when_it_is_queued_until_it_has_ended()
    {
        await using var server = await ApiServer.Start();
        var shop = await ShopScene.Open(server, "mm-queue", mode: "ON");
        var before = (await MetricsPage.ReadAsync(server)).GetValueOrDefault(QueueEntries);
        var bought = (await shop.Buy("k1")).ShouldBe(200);
        await MetricsPage.EventuallyAsync(server, metrics => metrics.GetValueOrDefault(QueueEntries) >= before + 1);
        (
            await shop.User.Post(
                $"/queue/{shop.ModelId}/{bought["purchase_id"]}/cancel",
                """{"idempotency_key":"c1"}"""
            )
        ).ShouldBe(200);
        await MetricsPage.EventuallyAsync(server, metrics => metrics.GetValueOrDefault(QueueEntries) <= before);
    }
}
