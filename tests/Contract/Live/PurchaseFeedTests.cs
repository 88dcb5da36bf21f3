using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;

namespace Actors.Contract.Tests.Live;

/// <summary>All streams at once, with the real grains behind them.</summary>
[Trait("Spec", "CH-3")]
public sealed class PurchaseFeedTests(SharedServer shared)
{
    [Fact]
    public async Task A_queued_purchase_is_followed_by_its_user_and_its_model_to_the_end()
    {
        var server = shared.Server;
        var shop = await ShopScene.Open(server, "live-shop", mode: "ON");
        using var user = await EventReader.OpenAsync(server, server.Token("user", shop.UserId));
        using var model = await EventReader.OpenAsync(server, server.Token("model", shop.ModelId));

        (await shop.Buy("live")).ShouldBe(200);
        var seen = await SeeAsync(
            user,
            static one => one.Type == "purchase" && one["status"] == "pending",
            static one => one.Type == "balance" && one["kind"] == "hold" && one["held"] == "50",
            static one => one.Type == "queue" && Entry(one, "position") == "1"
        );
        await SeeAsync(model, one => one.Type == "queue" && Entry(one, "userId") == shop.UserId);

        var queue = server.Service<IGrainFactory>().GetGrain<IQueueGrain>(shop.ModelId);
        var mia = new Actor(ActorRole.Model, shop.ModelId);
        var id = PurchaseId.Parse(seen[0]["purchaseId"]!);
        Assert.Null((await queue.Start(new StartEntry(mia, id))).Refusal);
        await SeeAsync(user, static one => one.Type == "queue" && Entry(one, "status") == "started");
        var done = await queue.Complete(new CompleteEntry(mia, id, 100, IdempotencyKey.Parse("done")));
        Assert.Null(done.Refusal);

        await SeeAsync(
            user,
            static one => one.Type == "purchase" && one["status"] == "completed",
            static one => one.Type == "balance" && one["kind"] == "capture",
            static one => one.Type == "queue" && Entry(one, "position") is null
        );
        await SeeAsync(
            model,
            static one => one.Type == "wallet" && one["tokens"] == "50",
            static one => one.Type == "queue" && one["length"] == "0"
        );
    }

    /// <summary>Streams do not wait for each other: reads until each of these has come, in whatever order.</summary>
    private static async Task<Envelope[]> SeeAsync(EventReader events, params Func<Envelope, bool>[] wanted)
    {
        var seen = new Envelope[wanted.Length];
        while (Array.Exists(seen, static one => one is null))
        {
            var envelope = await events.NextAsync();
            Assert.NotNull(envelope);
            for (var index = 0; index < wanted.Length; index++)
            {
                if (wanted[index](envelope))
                {
                    seen[index] ??= envelope;
                }
            }
        }
        return seen;
    }

    private static string? Entry(Envelope queue, string member) =>
        queue.Data.GetProperty("entries").EnumerateArray().ToList() is [var entry, ..]
            ? entry.GetProperty(member).ToString()
            : null;
}
