using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.MoodAnalytics;

public static class MoodAnalyticsMapping
{
    public static void MapMoodAnalytics(this IEndpointRouteBuilder routes) =>
        routes.MapFeature<MoodAnalyticsEndpoints>();
}

internal sealed class MoodAnalyticsEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/v1/admin/mood/analytics")
            .WithTags("Moods")
            .For(Roles.Admin)
            .Switchable(Features.Analytics)
            .Get("", Report, MoodAnalyticsJson.Default.MoodAnalyticsResponse)
            .WithSummary("How moods and templates are used")
            .WithQuery("from", "First UTC day, yyyy-MM-dd; 30 days unless given, 90 at most.", typeof(DateOnly))
            .WithQuery("to", "Last UTC day, yyyy-MM-dd; today unless given.", typeof(DateOnly))
            .WithQuery("modelId", "Narrows changes and automated replies to one model.", typeof(string))
            .Refuses(CommonRefusals.InvalidDateRangeCode, IdentityRefusals.ModelNotFoundCode);

    private async ValueTask<Outcome<MoodAnalyticsResponse>> Report(Call call)
    {
        if (!call.TryDay("from", out var from) || !call.TryDay("to", out var to))
        {
            return MoodAnalyticsRefusals.InvalidDateRange;
        }
        var modelId = call.Query("modelId");
        if (modelId is not null && !Identifier.IsValid(modelId))
        {
            return IdentityRefusals.ModelNotFound;
        }
        var analytics = grains.GetGrain<IMoodAnalyticsGrain>(IMoodAnalyticsGrain.Key);
        return (await analytics.Report(from, to, modelId)).Map(MoodAnalyticsResponse.From);
    }
}
