using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Activity;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ActivityLogged), "activity.logged.v1")]
[JsonDerivedType(typeof(PersonSignedIn), "activity.signed-in.v1")]
[JsonDerivedType(typeof(MovementsCounted), "activity.movements-counted.v1")]
[JsonDerivedType(typeof(ActivityErased), "activity.erased.v1")]
public abstract record ActivityEvent(DateTimeOffset At);

/// <param name="Actor">Who says so; the platform itself for what came from an outbox.</param>
public sealed record ActivityLogged(DateTimeOffset At, Actor Actor, ActivityEntry Entry) : ActivityEvent(At);

public sealed record PersonSignedIn(DateTimeOffset At, Actor Actor) : ActivityEvent(At);

/// <summary>What the person's account has moved since the last time; the movements themselves stay in the ledger.</summary>
/// <param name="UpTo">The number of the newest movement that is counted.</param>
public sealed record MovementsCounted(DateTimeOffset At, long UpTo, ImmutableArray<ActivityDay> Days)
    : ActivityEvent(At);

public sealed record ActivityErased(DateTimeOffset At, Actor Actor) : ActivityEvent(At);

/// <summary>A person's activity in memory: how much there was on each of the days that count, whatever there is of it.</summary>
/// <param name="Days">With something on them, oldest first.</param>
/// <param name="MovementsUpTo">The number of the newest movement that is counted; 0 before the first.</param>
/// <param name="SignedInOn">The day, as days are numbered.</param>
/// <param name="ErasedAt">Nothing from before is there any more.</param>
public sealed record ActivityBook(
    ImmutableArray<ActivityDay> Days,
    long MovementsUpTo,
    int SignedInOn,
    DateTimeOffset? ErasedAt
)
{
    public static readonly ActivityBook Empty = new([], 0, 0, null);
}

/// <param name="Day">Days since 0001-01-01, in UTC.</param>
/// <param name="Categories">How much, by the number of the category.</param>
/// <param name="Hours">How much, by the hour.</param>
public sealed record ActivityDay(
    [property: JsonPropertyName("d")] int Day,
    [property: JsonPropertyName("c")] ImmutableArray<int> Categories,
    [property: JsonPropertyName("h")] ImmutableArray<int> Hours
)
{
    public const int HoursOfDay = 24;

    public static readonly int CategoryCount = Enum.GetValues<ActivityCategory>().Length;

    public static ActivityDay Empty(int day) => new(day, [.. new int[CategoryCount]], [.. new int[HoursOfDay]]);

    public ActivityDay With(ActivityCategory category, int hour) =>
        this with
        {
            Categories = Categories.SetItem((int)category, Categories[(int)category] + 1),
            Hours = Hours.SetItem(hour, Hours[hour] + 1),
        };

    public ActivityDay Plus(ActivityDay other) =>
        this with
        {
            Categories = [.. Categories.Zip(other.Categories, static (own, more) => own + more)],
            Hours = [.. Hours.Zip(other.Hours, static (own, more) => own + more)],
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ActivityEvent))]
[JsonSerializable(typeof(ActivityBook))]
internal sealed partial class ActivityJson : JsonSerializerContext;
