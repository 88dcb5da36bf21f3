using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
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
    /// <param name="modelId">Narrows changes and replies to one model.</param>
    [ReadOnly]
    [ResponseTimeout("00:00:10")]
    Task<Outcome<MoodAnalyticsReport>> Report(DateOnly? from, DateOnly? to, string? modelId = null);
}

/// <param name="AverageChangesPerModelPerDay">Changes of the range ÷ its days ÷ the models that ever changed their mood.</param>
[GenerateSerializer, Immutable, Alias("MoodAnalyticsReport")]
public sealed record MoodAnalyticsReport(
    [property: Id(0)] MoodDistribution Distribution,
    [property: Id(1)] IReadOnlyList<MoodDay> ChangesPerDay,
    [property: Id(2)] double AverageChangesPerModelPerDay,
    [property: Id(3)] MoodAdoption Adoption,
    [property: Id(4)] AutoResponseEngagement AutoResponse,
    [property: Id(5)] IReadOnlyList<TemplateUseCount> TemplateUse
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

/// <summary>What came of automatic answers: of their templates since counting began, of those in conversations on the days asked for.</summary>
/// <param name="Rate">Successes ÷ rendered; 0 when none was rendered.</param>
/// <param name="Sent">Automated replies in conversations, of the model that was asked for.</param>
/// <param name="Answered">Those of them after which the user has written within an hour.</param>
/// <param name="Engagement">Answered ÷ sent; 0 when none was sent.</param>
[GenerateSerializer, Immutable, Alias("AutoResponseEngagement")]
public sealed record AutoResponseEngagement(
    [property: Id(0)] long Rendered,
    [property: Id(1)] long Successes,
    [property: Id(2)] double Rate,
    [property: Id(3)] long Sent = 0,
    [property: Id(4)] long Answered = 0,
    [property: Id(5)] double Engagement = 0
);

/// <summary>How often templates of a type and mood were used, since counting began.</summary>
[GenerateSerializer, Immutable, Alias("TemplateUseCount")]
public sealed record TemplateUseCount(
    [property: Id(0)] TemplateType TemplateType,
    [property: Id(1)] MoodState MoodState,
    [property: Id(2)] long Count
);
