using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodAnalytics;

/// <summary>How the mood feature is used, summed up over all models; one grain, with the key <see cref="Key"/>.</summary>
[Alias("IMoodAnalyticsGrain")]
public interface IMoodAnalyticsGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Days are kept this long.</summary>
    const int KeptDays = 90;

    /// <summary>Days are UTC, both ends included; without them, the last 30.</summary>
    /// <param name="modelId">Narrows the changes to one model.</param>
    [ReadOnly]
    Task<Outcome<MoodAnalyticsReport>> Report(DateOnly? from, DateOnly? to, string? modelId = null);
}

/// <param name="AverageChangesPerModelPerDay">Changes of the range ÷ its days ÷ the models that ever changed their mood.</param>
[GenerateSerializer, Immutable, Alias("MoodAnalyticsReport")]
public sealed record MoodAnalyticsReport(
    [property: Id(0)] MoodDistribution Distribution,
    [property: Id(1)] IReadOnlyList<MoodDay> ChangesPerDay,
    [property: Id(2)] double AverageChangesPerModelPerDay,
    [property: Id(3)] MoodAdoption Adoption
);

/// <summary>The moods of all registered models now; one that never changed is neutral.</summary>
[GenerateSerializer, Immutable, Alias("MoodDistribution")]
public sealed record MoodDistribution(
    [property: Id(0)] int Neutral,
    [property: Id(1)] int Positive,
    [property: Id(2)] int Negative
);

/// <param name="Active">Models that have ever changed their mood themselves.</param>
/// <param name="Rate">Active ÷ registered; 0 when nobody is registered.</param>
[GenerateSerializer, Immutable, Alias("MoodAdoption")]
public sealed record MoodAdoption(
    [property: Id(0)] int Registered,
    [property: Id(1)] int Active,
    [property: Id(2)] double Rate
);
