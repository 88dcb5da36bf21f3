using Orleans.Concurrency;

namespace Actors.Grains.Durability;

/// <summary>How the wake-up service reaches a grain whose stream has something left to do.</summary>
[Alias("IDurableGrain")]
public interface IDurableGrain : IGrainWithStringKey
{
    /// <summary>Activates the grain, which resumes its outbox and serves its agenda.</summary>
    [AlwaysInterleave]
    Task Wake();
}
