using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>How mood messages are used, summed up over all of them; one grain, with the key <see cref="Key"/>.</summary>
[Alias("IMoodMessageAnalyticsGrain")]
public interface IMoodMessageAnalyticsGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Days are kept this long.</summary>
    const int KeptDays = 366;

    /// <summary>Days are UTC, both ends included; without them, the last 30.</summary>
    [ReadOnly]
    [ResponseTimeout("00:00:10")]
    Task<Outcome<MoodMessageReport>> Report(DateOnly? from, DateOnly? to);
}

/// <param name="DeliverySuccessRate">What was delivered ÷ what has come to an end, 0 to 1; 0 while nothing has.</param>
[GenerateSerializer, Immutable, Alias("MoodMessageReport")]
public sealed record MoodMessageReport(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] DateOnly To,
    [property: Id(2)] MoodMessageSums Sums,
    [property: Id(3)] double DeliverySuccessRate
);
