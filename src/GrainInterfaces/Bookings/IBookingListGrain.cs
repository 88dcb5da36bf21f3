using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Bookings;

/// <summary>The bookings of one person; the key is the user's or the performer's id.</summary>
[Alias("IBookingListGrain")]
public interface IBookingListGrain : IFollowedGrain
{
    /// <summary>What a booking has become. Later ones of a booking carry a higher <see cref="BookingSummary.Version"/>.</summary>
    Task Take(IReadOnlyList<Delivered<BookingSummary>> changes);

    /// <summary>Latest start first; those that have started more than <see cref="KeptDays"/> days ago are not listed.</summary>
    [ReadOnly]
    ValueTask<BookingPage> List(BookingFilter filter, int limit, int offset);

    /// <summary>Everything that the list was ever told, oldest first, after a number; fewer than asked for at the end.</summary>
    [ReadOnly]
    Task<IReadOnlyList<NumberedBookingSummary>> Since(long after, int limit);

    const int KeptDays = 400;

    /// <summary>However many come: the one that starts first is dropped.</summary>
    const int Kept = 20_000;
}

/// <summary>
/// All bookings that start within one UTC day, for admins; the key is the day as <c>2026-11-30</c>. A booking that was
/// moved to another day is told to both.
/// </summary>
[Alias("IBookingDayGrain")]
public interface IBookingDayGrain : IGrainWithStringKey
{
    Task Take(IReadOnlyList<Delivered<BookingSummary>> changes);

    [ReadOnly]
    ValueTask<BookingPage> List(BookingFilter filter, int limit, int offset);

    /// <summary>Exact after every crash: made of what the bookings said last.</summary>
    [ReadOnly]
    ValueTask<BookingDay> Overview();
}

/// <summary>One booking as lists know it.</summary>
/// <param name="Version">The booking's newest event; an older one than what is known changes nothing.</param>
/// <param name="Gone">It is on another day now.</param>
/// <param name="Paid">What was paid, in the currency that it was paid in; null while nothing is.</param>
[GenerateSerializer, Immutable, Alias("BookingSummary")]
public sealed record BookingSummary(
    [property: Id(0)] string BookingId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string PerformerId,
    [property: Id(3)] string PerformerName,
    [property: Id(4)] BookingStatus Status,
    [property: Id(5)] CallEndKind? Verdict,
    [property: Id(6)] DateTimeOffset Start,
    [property: Id(7)] int Duration,
    [property: Id(8)] CallType Type,
    [property: Id(9)] Money Price,
    [property: Id(10)] string? Provider,
    [property: Id(11)] Money? Paid,
    [property: Id(12)] long Refunded,
    [property: Id(13)] int Sequence,
    [property: Id(14)] DateTimeOffset At,
    [property: Id(15)] long Version,
    [property: Id(16)] bool Gone
);

/// <summary>What is null excludes nothing.</summary>
[GenerateSerializer, Immutable, Alias("BookingFilter")]
public sealed record BookingFilter(
    [property: Id(0)] BookingStatus? Status = null,
    [property: Id(1)] string? UserId = null,
    [property: Id(2)] string? PerformerId = null,
    [property: Id(3)] string? Provider = null,
    [property: Id(4)] DateTimeOffset? From = null,
    [property: Id(5)] DateTimeOffset? Until = null
);

[GenerateSerializer, Immutable, Alias("BookingPage")]
public sealed record BookingPage(
    [property: Id(0)] IReadOnlyList<BookingSummary> Bookings,
    [property: Id(1)] long Total
);

/// <param name="IsNew">The list did not know the booking, so that each is new once.</param>
[GenerateSerializer, Immutable, Alias("NumberedBookingSummary")]
public sealed record NumberedBookingSummary(
    [property: Id(0)] long Version,
    [property: Id(1)] BookingSummary Summary,
    [property: Id(2)] bool IsNew
);

/// <summary>Of one day by the start of the calls. A booking has been booked once it was confirmed, whatever came of it.</summary>
/// <param name="Cancelled">Of those that were booked.</param>
/// <param name="BothAbsent">In neither of the other two kinds of no-shows.</param>
/// <param name="Revenue">In the order of provider and currency.</param>
[GenerateSerializer, Immutable, Alias("BookingDay")]
public sealed record BookingDay(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] long Booked,
    [property: Id(2)] long Completed,
    [property: Id(3)] long Cancelled,
    [property: Id(4)] long PerformerNoShows,
    [property: Id(5)] long UserNoShows,
    [property: Id(6)] IReadOnlyList<BookingRevenue> Revenue,
    [property: Id(7)] long BothAbsent = 0,
    [property: Id(8)] long Incidents = 0
);

/// <param name="Refunds">How many bookings got something back.</param>
[GenerateSerializer, Immutable, Alias("BookingRevenue")]
public sealed record BookingRevenue(
    [property: Id(0)] string Provider,
    [property: Id(1)] string Currency,
    [property: Id(2)] long Paid,
    [property: Id(3)] long Refunded,
    [property: Id(4)] long Refunds
);
