using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Paging;

namespace Actors.GrainInterfaces.Activity;

[JsonConverter(typeof(JsonStringEnumConverter<ActivityCategory>))]
public enum ActivityCategory
{
    [JsonStringEnumMemberName("auth")]
    Auth,

    [JsonStringEnumMemberName("pet")]
    Pet,

    [JsonStringEnumMemberName("wallet")]
    Wallet,

    [JsonStringEnumMemberName("social")]
    Social,

    [JsonStringEnumMemberName("purchase")]
    Purchase,

    [JsonStringEnumMemberName("system")]
    System,
}

/// <summary>Something that a person did, or that happened to her.</summary>
/// <param name="Action">1 to 64 characters, such as <c>feed</c>.</param>
/// <param name="Details">A JSON object; null for none.</param>
/// <param name="Metadata">The same.</param>
[GenerateSerializer, Immutable, Alias("ActivityEntry")]
public sealed record ActivityEntry(
    [property: Id(0)] ActivityCategory Category,
    [property: Id(1)] string Action,
    [property: Id(2)] string? PetId = null,
    [property: Id(3)] string? Details = null,
    [property: Id(4)] string? Metadata = null
);

/// <param name="Actor">Who says so, and from where.</param>
[GenerateSerializer, Immutable, Alias("LogActivity")]
public sealed record LogActivity([property: Id(0)] Actor Actor, [property: Id(1)] ActivityEntry Entry);

/// <param name="Id">Names the activity among the person's.</param>
/// <param name="Source">Who says so; the platform itself is <see cref="ActorRole.System"/>.</param>
[GenerateSerializer, Immutable, Alias("ActivityView")]
public sealed record ActivityView(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] ActivityEntry Entry,
    [property: Id(3)] ActorRole Source,
    [property: Id(4)] string? Address,
    [property: Id(5)] string? UserAgent
);

/// <param name="Days">UTC days, today included.</param>
[GenerateSerializer, Immutable, Alias("ListActivity")]
public sealed record ListActivity(
    [property: Id(0)] int Days,
    [property: Id(1)] ActivityCategory? Category,
    [property: Id(2)] string? Action,
    [property: Id(3)] string? PetId,
    [property: Id(4)] int Limit,
    [property: Id(5)] int Offset,
    [property: Id(6)] PageCursor? Cursor = null
)
{
    public const int MaxOffset = 1_000;
}

/// <param name="Total">All that fit; null with a cursor, and where only looking at each could tell.</param>
/// <param name="TotalIsExact">False while what the account has moved is still being counted.</param>
[GenerateSerializer, Immutable, Alias("ActivityPage")]
public sealed record ActivityPage(
    [property: Id(0)] IReadOnlyList<ActivityView> Activities,
    [property: Id(1)] long? Total,
    [property: Id(2)] bool TotalIsExact,
    [property: Id(3)] PageCursor? Next
);

/// <param name="Recent">The last ten, newest first.</param>
/// <param name="Days">Every UTC day that was asked for, oldest first.</param>
/// <param name="TopHours">The five hours of the day, in UTC, with the most of it.</param>
/// <param name="IsComplete">False while what the account has moved is still being counted.</param>
[GenerateSerializer, Immutable, Alias("ActivityStatistics")]
public sealed record ActivityStatistics(
    [property: Id(0)] IReadOnlyList<CategoryCount> Categories,
    [property: Id(1)] IReadOnlyList<ActivityView> Recent,
    [property: Id(2)] IReadOnlyList<DayActivity> Days,
    [property: Id(3)] IReadOnlyList<HourActivity> TopHours,
    [property: Id(4)] bool IsComplete
);

[GenerateSerializer, Immutable, Alias("CategoryCount")]
public sealed record CategoryCount([property: Id(0)] ActivityCategory Category, [property: Id(1)] long Count);

[GenerateSerializer, Immutable, Alias("DayActivity")]
public sealed record DayActivity([property: Id(0)] DateOnly Day, [property: Id(1)] long Count);

[GenerateSerializer, Immutable, Alias("HourActivity")]
public sealed record HourActivity([property: Id(0)] int Hour, [property: Id(1)] long Count);
