using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.Grains.MoodAnalytics;

/// <summary>Asks every shard and adds up; keeps nothing.</summary>
[StatelessWorker]
[GrainType("mood-analytics")]
public sealed class MoodAnalyticsGrain(TimeProvider time) : Grain, IMoodAnalyticsGrain
{
    public async Task<Outcome<MoodAnalyticsReport>> Report(DateOnly? from, DateOnly? to, string? modelId = null)
    {
        var range = MoodAnalyticsRules.Range(from, to, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (range.Refusal is not null)
        {
            return range.Refusal;
        }
        var (first, last) = range.Value;
        var registered = GrainFactory.CountModelsAsync();
        var shards = await Task.WhenAll(
            Shards.Keys.Select(shard =>
                GrainFactory.GetGrain<IMoodFeedGrain>(shard).Summarize(first, last, modelId).AsTask()
            )
        );
        return MoodAnalyticsRules.AddUp(shards, await registered, first, last);
    }
}
