using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.MoodAnalytics;

public static class MoodAnalyticsRefusals
{
    public const string InvalidDateRangeCode = "INVALID_DATE_RANGE";

    public static readonly Refusal InvalidDateRange = new(
        InvalidDateRangeCode,
        $"from and to are days (yyyy-MM-dd), from not after to, at most {IMoodAnalyticsGrain.KeptDays} days."
    );
}
