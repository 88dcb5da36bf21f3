using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.Grains.MoodMessages;

/// <summary>Asks every shard and adds up; keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
[GrainType("mood-message-analytics")]
public sealed class MoodMessageAnalyticsGrain(IGrainContext context, TimeProvider time)
    : Grain(context),
        IMoodMessageAnalyticsGrain
{
    public async Task<Outcome<MoodMessageReport>> Report(DateOnly? from, DateOnly? to)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var range = MoodMessageCountRules.Range(from, to, today);
        if (range.Refusal is not null)
        {
            return range.Refusal;
        }
        var (first, last) = range.Value;
        var shards = await Task.WhenAll(
            Shards.Keys.Select(shard =>
                GrainFactory.GetGrain<IMoodMessageCountsGrain>(shard).Summarize(first, last).AsTask()
            )
        );
        return MoodMessageCountRules.AddUp(shards, first, last);
    }
}
