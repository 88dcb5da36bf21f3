using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Reads what outboxes feed. While they are on their way nothing can be said of it, so that it is judged at the end.</summary>
internal sealed class IndexWorkload : IWorkload
{
    private static readonly DateOnly First = new(2029, 1, 1);
    private static readonly DateOnly Last = new(2033, 1, 1);

    public int Weight => 1;

    public Task ActAsync(Seat seat)
    {
        var shard = Shards.Of(seat.AnyModel());
        return seat.AskAsync(
            $"model-directory/{shard}",
            _ => new ReadDirectory(),
            async (grains, _) =>
                (Outcome<ModelListings>)await grains.GetGrain<IModelDirectoryGrain>(shard).List(null, 10)
        );
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            var model = $"model{number}";
            var shard = Shards.Of(model);
            await seat.AskAsync(
                $"mood-feed/{shard}",
                _ => new ReadFeed(model),
                async (grains, read) =>
                    (Outcome<MoodFeedSummary>)
                        await grains.GetGrain<IMoodFeedGrain>(shard).Summarize(First, Last, read.ModelId)
            );
        }
    }
}
