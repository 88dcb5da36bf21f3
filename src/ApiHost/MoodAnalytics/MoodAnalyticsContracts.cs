using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.MoodAnalytics;

internal sealed record MoodAnalyticsResponse(
    DistributionResponse Distribution,
    IReadOnlyList<DayResponse> ChangesPerDay,
    double AverageChangesPerModelPerDay,
    AdoptionResponse Adoption,
    AutoResponseResponse AutoResponse,
    IReadOnlyList<TemplateUseResponse> TemplateUse
)
{
    public static MoodAnalyticsResponse From(MoodAnalyticsReport report) =>
        new(
            new DistributionResponse(
                report.Distribution.Neutral,
                report.Distribution.Positive,
                report.Distribution.Negative
            ),
            [.. report.ChangesPerDay.Select(static day => new DayResponse(day.Day, day.Changes, day.Models))],
            report.AverageChangesPerModelPerDay,
            new AdoptionResponse(report.Adoption.Registered, report.Adoption.Active, report.Adoption.Rate),
            new AutoResponseResponse(
                report.AutoResponse.Rendered,
                report.AutoResponse.Successes,
                report.AutoResponse.Rate,
                report.AutoResponse.Sent,
                report.AutoResponse.Answered,
                report.AutoResponse.Engagement
            ),
            [
                .. report.TemplateUse.Select(static use => new TemplateUseResponse(
                    use.TemplateType,
                    use.MoodState,
                    use.Count
                )),
            ]
        );
}

internal sealed record DistributionResponse(int Neutral, int Positive, int Negative);

internal sealed record DayResponse(DateOnly Day, long Changes, int Models);

internal sealed record AdoptionResponse(int Registered, int Active, double Rate);

/// <param name="Rate">Of the templates, since counting began: successes ÷ rendered.</param>
/// <param name="Sent">Automated replies in conversations on the days asked for, of the model asked for.</param>
/// <param name="Answered">Those of them after which the user has written within an hour.</param>
/// <param name="Engagement">Answered ÷ sent; 0 when none was sent.</param>
internal sealed record AutoResponseResponse(
    long Rendered,
    long Successes,
    double Rate,
    long Sent,
    long Answered,
    double Engagement
);

internal sealed record TemplateUseResponse(
    [property: JsonConverter(typeof(StrictEnumConverter<TemplateType>))] TemplateType TemplateType,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    long Count
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodAnalyticsResponse))]
internal sealed partial class MoodAnalyticsJson : JsonSerializerContext;
