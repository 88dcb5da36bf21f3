using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Activity;

namespace Actors.ApiHost.Activity;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LogActivityRequest
{
    public string? UserId { get; init; }

    public string? PetId { get; init; }

    public string? Action { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<ActivityCategory>))]
    public ActivityCategory? Category { get; init; }

    public JsonElement? Details { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <param name="Source">Who says so: user, model, admin, service, or system for what the platform itself has seen.</param>
internal sealed record ActivityResponse(
    string Id,
    string UserId,
    string? PetId,
    string Action,
    [property: JsonConverter(typeof(StrictEnumConverter<ActivityCategory>))] ActivityCategory Category,
    JsonElement? Details,
    DateTimeOffset Timestamp,
    string? IpAddress,
    string? UserAgent,
    JsonElement? Metadata,
    string Source,
    DateTimeOffset ExpiresAt
)
{
    public static ActivityResponse Of(string userId, ActivityView view) =>
        new(
            view.Id,
            userId,
            view.Entry.PetId,
            view.Entry.Action,
            view.Entry.Category,
            JsonObjects.Of(view.Entry.Details),
            view.At,
            view.Address,
            view.UserAgent,
            JsonObjects.Of(view.Entry.Metadata),
            RoleNames.Of(view.Source),
            view.At.AddDays(IActivityGrain.KeptDays)
        );
}

internal sealed record ActivityListResponse(IReadOnlyList<ActivityResponse> Activities, PaginationResponse Pagination);

/// <param name="Summary">How much of each category.</param>
/// <param name="RecentActivity">The last ten, newest first.</param>
/// <param name="DailyTrend">Every UTC day that was asked for, oldest first.</param>
/// <param name="TopHours">The five hours of the day, in UTC, with the most of it.</param>
/// <param name="IsComplete">False while movements of the account are still being counted; ask again.</param>
internal sealed record ActivityStatisticsResponse(
    string UserId,
    int Days,
    IReadOnlyDictionary<string, long> Summary,
    IReadOnlyList<ActivityResponse> RecentActivity,
    IReadOnlyList<DayActivityResponse> DailyTrend,
    IReadOnlyList<HourActivityResponse> TopHours,
    bool IsComplete
)
{
    public static ActivityStatisticsResponse Of(string userId, int days, ActivityStatistics found) =>
        new(
            userId,
            days,
            found.Categories.ToDictionary(
                static one => StrictEnumConverter<ActivityCategory>.NameOf(one.Category),
                static one => one.Count
            ),
            [.. found.Recent.Select(view => ActivityResponse.Of(userId, view))],
            [.. found.Days.Select(static day => new DayActivityResponse(day.Day, day.Count))],
            [.. found.TopHours.Select(static hour => new HourActivityResponse(hour.Hour, hour.Count))],
            found.IsComplete
        );
}

internal sealed record DayActivityResponse(DateOnly Day, long Count);

internal sealed record HourActivityResponse(int Hour, long Count);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LogActivityRequest))]
[JsonSerializable(typeof(ActivityResponse))]
[JsonSerializable(typeof(ActivityListResponse))]
[JsonSerializable(typeof(ActivityStatisticsResponse))]
internal sealed partial class ActivityJson : JsonSerializerContext;
