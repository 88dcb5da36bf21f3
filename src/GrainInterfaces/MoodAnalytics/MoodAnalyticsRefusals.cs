using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.MoodAnalytics;

public static class MoodAnalyticsRefusals
{
    public static readonly Refusal InvalidDateRange = new(
        CommonRefusals.InvalidDateRangeCode,
        $"from and to are days (yyyy-MM-dd), from not after to, at most {IMoodAnalyticsGrain.KeptDays} days."
    );
}
