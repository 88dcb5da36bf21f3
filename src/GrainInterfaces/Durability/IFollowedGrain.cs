using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Durability;

/// <summary>A grain whose changes can be followed, so that a live feed needs no record of its own.</summary>
[Alias("IFollowedGrain")]
public interface IFollowedGrain : IGrainWithStringKey
{
    /// <summary>
    /// The number of the newest durable event, as soon as it is above <paramref name="after"/>; at the latest after
    /// 20 seconds, then possibly unchanged. Pass −1 to be answered at once.
    /// </summary>
    [AlwaysInterleave]
    Task<long> Follow(long after);
}
