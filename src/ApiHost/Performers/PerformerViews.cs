using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>A performer as admins see her.</summary>
/// <param name="MaxDuration">Minutes of the longest call.</param>
/// <param name="BasePrice">Of the shortest call; longer ones in proportion, rounded up, unless they are in prices.</param>
/// <param name="BufferBefore">Minutes before a call in which she has no other one.</param>
/// <param name="PausedByNoShows">Since when her calendar is closed until an admin reopens it.</param>
internal sealed record PerformerAdminResponse(
    string PerformerId,
    string DisplayName,
    [property: JsonConverter(typeof(StrictEnumConverter<PerformerStatus>))] PerformerStatus Status,
    string TimeZone,
    WeeklyContract Weekly,
    IReadOnlyList<ExceptionContract> Exceptions,
    IReadOnlyList<string> CallTypes,
    IReadOnlyList<int> Durations,
    int MaxDuration,
    MoneyContract BasePrice,
    IReadOnlyList<DurationPriceContract> Prices,
    int BufferBefore,
    int BufferAfter,
    int NoticeMinutes,
    int HorizonDays,
    PolicyContract Policy,
    DateTimeOffset? PausedByNoShows,
    RatingResponse Rating,
    long Completed,
    long NoShows
)
{
    public static PerformerAdminResponse From(PerformerView performer) =>
        new(
            performer.PerformerId,
            performer.DisplayName,
            performer.Status,
            performer.TimeZone,
            WeeklyContract.From(performer.Weekly),
            [.. performer.Exceptions.Select(ExceptionContract.From)],
            PerformerResponse.NamesOf(performer.CallTypes),
            performer.Durations,
            performer.MaxDuration,
            MoneyContract.From(performer.BasePrice),
            [.. performer.Prices.Select(static price => new DurationPriceContract(price.Minutes, price.Amount))],
            performer.BufferBefore,
            performer.BufferAfter,
            performer.NoticeMinutes,
            performer.HorizonDays,
            PerformerResponse.PolicyOf(performer),
            performer.PausedByNoShows,
            RatingResponse.From(performer),
            performer.Completed,
            performer.NoShows
        );
}

internal sealed record PerformerAdminListResponse(
    IReadOnlyList<PerformerAdminResponse> Performers,
    PaginationResponse Pagination
);

/// <summary>A performer as those see her who may book.</summary>
/// <param name="Status">active, or paused while no time can be booked.</param>
/// <param name="Prices">Of every duration that is offered, in the currency of the base price.</param>
internal sealed record PerformerResponse(
    string PerformerId,
    string DisplayName,
    [property: JsonConverter(typeof(StrictEnumConverter<PerformerStatus>))] PerformerStatus Status,
    string TimeZone,
    IReadOnlyList<string> CallTypes,
    IReadOnlyList<int> Durations,
    int MaxDuration,
    MoneyContract BasePrice,
    IReadOnlyList<DurationPriceContract> Prices,
    PolicyContract Policy,
    RatingResponse Rating,
    long Completed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UpgradeOffer? Upgrade
)
{
    public static PerformerResponse From(PerformerView performer, UpgradeOffer? upgrade) =>
        new(
            performer.PerformerId,
            performer.DisplayName,
            performer.PausedByNoShows is null ? performer.Status : PerformerStatus.Paused,
            performer.TimeZone,
            NamesOf(performer.CallTypes),
            performer.Durations,
            performer.MaxDuration,
            MoneyContract.From(performer.BasePrice),
            [
                .. performer.Durations.Select(minutes => new DurationPriceContract(
                    minutes,
                    performer.PriceOf(minutes).Amount
                )),
            ],
            PolicyOf(performer),
            RatingResponse.From(performer),
            performer.Completed,
            upgrade
        );

    public static IReadOnlyList<string> NamesOf(IReadOnlyList<CallType> types) =>
        [.. types.Select(StrictEnumConverter<CallType>.NameOf)];

    public static PolicyContract PolicyOf(PerformerView performer) =>
        new(performer.Policy.FullRefundHours, performer.Policy.EarlyPercent, performer.Policy.LatePercent);
}

internal sealed record PerformerListResponse(
    IReadOnlyList<PerformerResponse> Performers,
    PaginationResponse Pagination,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UpgradeOffer? Upgrade
);
