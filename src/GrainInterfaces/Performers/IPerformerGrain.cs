using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Performers;

/// <summary>
/// One performer: what she offers, when, and what of her time is taken. The key is the model's id. It alone gives time
/// away, so that no two bookings can have overlapping time, buffers included, whatever they do at once.
/// </summary>
[Alias("IPerformerGrain")]
public interface IPerformerGrain : IFollowedGrain
{
    /// <summary>Makes a registered model a performer, or changes what is given.</summary>
    Task<Outcome<PerformerView>> Set(SetPerformer command);

    /// <summary>Her own hours and exceptions; what is null stays.</summary>
    Task<Outcome<PerformerView>> SetCalendar(SetCalendar command);

    [ReadOnly]
    ValueTask<Outcome<PerformerView>> Get();

    /// <summary>Only what is truly free at this moment.</summary>
    [ReadOnly]
    ValueTask<Outcome<SlotList>> Slots(SlotQuery query);

    /// <summary>What a call of this kind would cost, without holding anything.</summary>
    [ReadOnly]
    ValueTask<Outcome<CallOffer>> Quote(HoldTime wanted);

    /// <summary>
    /// Holds time for a booking until <see cref="HoldTime.Until"/>; of those who ask at once one gets it and the others
    /// <c>NOT_AVAILABLE</c>. Repeated for the same booking and time it only moves the end of the hold.
    /// </summary>
    Task<Outcome<CallOffer>> Hold(HoldTime command);

    /// <summary>
    /// Makes the booking's time its own for good. A hold that has lapsed is taken again if nothing else has the time;
    /// otherwise <c>NOT_AVAILABLE</c>. Repeating changes nothing.
    /// </summary>
    Task<Outcome<Done>> Confirm(ConfirmTime command);

    /// <summary>
    /// Exchanges a confirmed time for another one in one step: either the new one is the booking's and the old one free, or
    /// nothing has changed.
    /// </summary>
    Task<Outcome<CallOffer>> Move(MoveTime command);

    /// <summary>The booking has no use for its time any more; for none that it has, changes nothing.</summary>
    Task Free(Delivery delivery, string bookingId);

    /// <summary>How a call ended: counts for her statistics, and repeated no-shows pause the calendar.</summary>
    Task NoteEnd(Delivery delivery, CallEnd end);

    /// <summary>A rating, or the new one in place of <see cref="CallRating.Previous"/>.</summary>
    Task NoteRating(Delivery delivery, CallRating rating);

    /// <summary>An admin has looked: the calendar that no-shows have paused is open again, and they count no longer.</summary>
    Task<Outcome<PerformerView>> Reopen(Actor actor);

    /// <summary>Takes no calls any more: forgotten when nobody ever took time of her, inactive for good otherwise.</summary>
    Task<Outcome<RemovedPerformer>> Remove(Actor actor);

    /// <summary>The model is erased, her key is gone: she takes no calls, and nobody reads her name any more.</summary>
    Task Erase();
}

[JsonConverter(typeof(JsonStringEnumConverter<PerformerStatus>))]
public enum PerformerStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("paused")]
    Paused,

    [JsonStringEnumMemberName("inactive")]
    Inactive,
}

[JsonConverter(typeof(JsonStringEnumConverter<CallType>))]
public enum CallType
{
    [JsonStringEnumMemberName("video")]
    Video,

    [JsonStringEnumMemberName("audio")]
    Audio,
}

/// <summary>A time of day by the performer's own clock, in minutes from midnight; <c>To</c> may be 1440.</summary>
[GenerateSerializer, Immutable, Alias("LocalHours")]
public readonly record struct LocalHours([property: Id(0)] int From, [property: Id(1)] int To);

/// <param name="Weekday">1 is Monday, 7 is Sunday.</param>
[GenerateSerializer, Immutable, Alias("DayHours")]
public sealed record DayHours([property: Id(0)] int Weekday, [property: Id(1)] IReadOnlyList<LocalHours> Hours);

/// <summary>One date that differs: its hours replace those of the weekday; none means closed.</summary>
[GenerateSerializer, Immutable, Alias("CalendarException")]
public sealed record CalendarException(
    [property: Id(0)] DateOnly Date,
    [property: Id(1)] IReadOnlyList<LocalHours> Hours
);

/// <summary>What a call of one length costs when it is not the base price in proportion.</summary>
[GenerateSerializer, Immutable, Alias("DurationPrice")]
public sealed record DurationPrice([property: Id(0)] int Minutes, [property: Id(1)] long Amount);

/// <param name="FullRefundHours">Cancelled at least so many hours before the start: <paramref name="EarlyPercent"/> comes back.</param>
/// <param name="LatePercent">Comes back when it is cancelled later than that.</param>
[GenerateSerializer, Immutable, Alias("CancellationPolicy")]
public sealed record CancellationPolicy(
    [property: Id(0)] int FullRefundHours,
    [property: Id(1)] int EarlyPercent,
    [property: Id(2)] int LatePercent
);

/// <summary>An admin's change; what is null stays, or has its default for a new performer.</summary>
/// <param name="BasePrice">Of the shortest duration; longer ones in proportion, rounded up, unless <paramref name="Prices"/> says otherwise.</param>
/// <param name="NoticeMinutes">The earliest booking from now.</param>
/// <param name="HorizonDays">The latest.</param>
[GenerateSerializer, Immutable, Alias("SetPerformer")]
public sealed record SetPerformer(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string? DisplayName = null,
    [property: Id(2)] string? TimeZone = null,
    [property: Id(3)] IReadOnlyList<DayHours>? Weekly = null,
    [property: Id(4)] IReadOnlyList<CallType>? CallTypes = null,
    [property: Id(5)] IReadOnlyList<int>? Durations = null,
    [property: Id(6)] int? MaxDuration = null,
    [property: Id(7)] Money? BasePrice = null,
    [property: Id(8)] IReadOnlyList<DurationPrice>? Prices = null,
    [property: Id(9)] int? BufferBefore = null,
    [property: Id(10)] int? BufferAfter = null,
    [property: Id(11)] PerformerStatus? Status = null,
    [property: Id(12)] int? NoticeMinutes = null,
    [property: Id(13)] int? HorizonDays = null,
    [property: Id(14)] CancellationPolicy? Policy = null
);

[GenerateSerializer, Immutable, Alias("SetCalendar")]
public sealed record SetCalendar(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string? TimeZone = null,
    [property: Id(2)] IReadOnlyList<DayHours>? Weekly = null,
    [property: Id(3)] IReadOnlyList<CalendarException>? Exceptions = null
);

/// <param name="PausedByNoShows">Since when the calendar is closed because of no-shows; null when it is not.</param>
/// <param name="RatingSum">Of <paramref name="Ratings"/> ratings of 1 to 5.</param>
[GenerateSerializer, Immutable, Alias("PerformerView")]
public sealed record PerformerView(
    [property: Id(0)] string PerformerId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] IReadOnlyList<DayHours> Weekly,
    [property: Id(4)] IReadOnlyList<CalendarException> Exceptions,
    [property: Id(5)] IReadOnlyList<CallType> CallTypes,
    [property: Id(6)] IReadOnlyList<int> Durations,
    [property: Id(7)] int MaxDuration,
    [property: Id(8)] Money BasePrice,
    [property: Id(9)] IReadOnlyList<DurationPrice> Prices,
    [property: Id(10)] int BufferBefore,
    [property: Id(11)] int BufferAfter,
    [property: Id(12)] PerformerStatus Status,
    [property: Id(13)] int NoticeMinutes,
    [property: Id(14)] int HorizonDays,
    [property: Id(15)] CancellationPolicy Policy,
    [property: Id(16)] DateTimeOffset? PausedByNoShows,
    [property: Id(17)] long Ratings,
    [property: Id(18)] long RatingSum,
    [property: Id(19)] long Completed,
    [property: Id(20)] long NoShows
);

[GenerateSerializer, Immutable, Alias("SlotQuery")]
public sealed record SlotQuery(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] DateTimeOffset To,
    [property: Id(2)] int Duration,
    [property: Id(3)] CallType Type
);

/// <param name="Starts">In order. Whoever shows them puts them into the caller's time zone.</param>
[GenerateSerializer, Immutable, Alias("SlotList")]
public sealed record SlotList([property: Id(0)] IReadOnlyList<DateTimeOffset> Starts, [property: Id(1)] Money Price);

/// <param name="Until">When the hold lapses by itself.</param>
/// <param name="InsteadOf">A booking whose own time does not stand in the way: it is about to be moved.</param>
[GenerateSerializer, Immutable, Alias("HoldTime")]
public sealed record HoldTime(
    [property: Id(0)] string BookingId,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] int Duration,
    [property: Id(3)] CallType Type,
    [property: Id(4)] DateTimeOffset Until,
    [property: Id(5)] string? InsteadOf = null
);

/// <summary>Says again which time it is, so that a hold that is gone can be taken anew.</summary>
[GenerateSerializer, Immutable, Alias("ConfirmTime")]
public sealed record ConfirmTime(
    [property: Id(0)] string BookingId,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] int Duration,
    [property: Id(3)] CallType Type
);

/// <param name="Hold">What holds the new time; it is taken over in the same step and is gone afterwards.</param>
[GenerateSerializer, Immutable, Alias("MoveTime")]
public sealed record MoveTime(
    [property: Id(0)] string BookingId,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] int Duration,
    [property: Id(3)] string? Hold = null
);

/// <summary>What a booking needs to know of the performer at the moment when it takes time; kept as it was then.</summary>
[GenerateSerializer, Immutable, Alias("CallOffer")]
public sealed record CallOffer(
    [property: Id(0)] string PerformerId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] Money Price,
    [property: Id(4)] CancellationPolicy Policy
);

[JsonConverter(typeof(JsonStringEnumConverter<CallEndKind>))]
public enum CallEndKind
{
    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("performer_no_show")]
    PerformerNoShow,

    [JsonStringEnumMemberName("user_no_show")]
    UserNoShow,

    [JsonStringEnumMemberName("both_absent")]
    BothAbsent,

    [JsonStringEnumMemberName("incident")]
    Incident,
}

[GenerateSerializer, Immutable, Alias("CallEnd")]
public sealed record CallEnd(
    [property: Id(0)] string BookingId,
    [property: Id(1)] CallEndKind Kind,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] CallEndKind? Previous = null
);

/// <param name="Previous">The stars that it replaces; null for the first rating of the call.</param>
[GenerateSerializer, Immutable, Alias("CallRating")]
public sealed record CallRating(
    [property: Id(0)] string BookingId,
    [property: Id(1)] int Stars,
    [property: Id(2)] int? Previous
);

/// <param name="ForGood">False when nothing is left of her and she can be made a performer again.</param>
[GenerateSerializer, Immutable, Alias("RemovedPerformer")]
public sealed record RemovedPerformer([property: Id(0)] string PerformerId, [property: Id(1)] bool ForGood);
