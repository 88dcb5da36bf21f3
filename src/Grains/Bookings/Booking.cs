using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;

namespace Actors.Grains.Bookings;

/// <summary>
/// One booking as the fold of its events. Each stage is its own case with what it has, so that a booking that is paid and
/// has no payment, or was rated before it took place, cannot be written down.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "stage")]
[JsonDerivedType(typeof(NoBooking), "none")]
[JsonDerivedType(typeof(RequestedBooking), "requested")]
[JsonDerivedType(typeof(RefusedBooking), "refused")]
[JsonDerivedType(typeof(HeldBooking), "held")]
[JsonDerivedType(typeof(UnpaidBooking), "awaiting-payment")]
[JsonDerivedType(typeof(ConfirmedBooking), "confirmed")]
[JsonDerivedType(typeof(LiveBooking), "live")]
[JsonDerivedType(typeof(CompletedBooking), "completed")]
[JsonDerivedType(typeof(NoShowBooking), "no-show")]
[JsonDerivedType(typeof(CancelledBooking), "cancelled")]
[JsonDerivedType(typeof(ExpiredBooking), "expired")]
[JsonDerivedType(typeof(ArchivedBooking), "archived")]
public abstract record Booking
{
    public static readonly Booking None = new NoBooking();

    /// <summary>When something happens to it by itself.</summary>
    [JsonIgnore]
    public virtual DateTimeOffset? Due => null;
}

public sealed record NoBooking : Booking;

/// <summary>The performer has been asked for the time and has not answered yet.</summary>
/// <param name="GiveUpAt">Whoever asked has gone by then.</param>
public sealed record RequestedBooking(CallWish Wish, DateTimeOffset At, DateTimeOffset GiveUpAt) : Booking
{
    [JsonIgnore]
    public override DateTimeOffset? Due => GiveUpAt;
}

/// <summary>The time was not to be had. Kept so that a repeat is answered the same.</summary>
public sealed record RefusedBooking(CallWish Wish, string Code, string Message) : Booking;

/// <summary>One whose time and price are known.</summary>
public abstract record AgreedBooking(BookingTerms Terms, DateTimeOffset ChangedAt) : Booking
{
    [JsonIgnore]
    public abstract BookingStatus Status { get; }
}

/// <summary>The time is kept; the rules are to be accepted and the call to be paid.</summary>
public sealed record HeldBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    DateTimeOffset Until,
    DateTimeOffset? RulesAcceptedAt
) : AgreedBooking(Terms, ChangedAt)
{
    public override BookingStatus Status => BookingStatus.Held;

    [JsonIgnore]
    public override DateTimeOffset? Due => Until;
}

/// <summary>A payment was begun; the time is kept until it has come or the hold is over.</summary>
public sealed record UnpaidBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    BookingMoney Money,
    DateTimeOffset Until
) : AgreedBooking(Terms, ChangedAt)
{
    public override BookingStatus Status => BookingStatus.AwaitingPayment;

    [JsonIgnore]
    public override DateTimeOffset? Due => Until;
}

/// <summary>Paid, and the time is the booking's.</summary>
/// <param name="Reminder">The next reminder, in minutes before the start; null when none is left.</param>
public sealed record ConfirmedBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    BookingMoney Money,
    int? Reminder,
    ImmutableArray<Stay> Stays,
    PendingMove? Move,
    ImmutableArray<MoveCommand> Moves
) : AgreedBooking(Terms, ChangedAt)
{
    public override BookingStatus Status => BookingStatus.Confirmed;

    [JsonIgnore]
    public override DateTimeOffset? Due
    {
        get
        {
            var own =
                Reminder is { } minutes ? Terms.Start.AddMinutes(-minutes)
                : CallEvidence.IsAnybodyIn(Stays, Terms) ? Terms.Start
                : Terms.Closes;
            return Move is { } move && (move.IsUnderWay || move.Due < own) ? move.Due : own;
        }
    }
}

/// <summary>The call has begun: its time has come and somebody is there.</summary>
/// <param name="IsWarned">Both were told that the time is over.</param>
public sealed record LiveBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    BookingMoney Money,
    ImmutableArray<Stay> Stays,
    bool IsWarned
) : AgreedBooking(Terms, ChangedAt)
{
    public override BookingStatus Status => BookingStatus.Live;

    [JsonIgnore]
    public override DateTimeOffset? Due => IsWarned ? Terms.Closes : Terms.End;
}

/// <summary>One that nothing more happens to but what people and the log still want of it.</summary>
public abstract record EndedBooking(BookingTerms Terms, DateTimeOffset ChangedAt, DateTimeOffset EndedAt)
    : AgreedBooking(Terms, ChangedAt)
{
    [JsonIgnore]
    public override DateTimeOffset? Due => EndedAt.AddDays(Terms.ArchiveDays);
}

public sealed record CompletedBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    DateTimeOffset EndedAt,
    BookingMoney Money,
    CallVerdict Verdict,
    Rating? Rating
) : EndedBooking(Terms, ChangedAt, EndedAt)
{
    public override BookingStatus Status => BookingStatus.Completed;
}

/// <summary>One of the two was not there, or neither.</summary>
public sealed record NoShowBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    DateTimeOffset EndedAt,
    BookingMoney Money,
    CallVerdict Verdict
) : EndedBooking(Terms, ChangedAt, EndedAt)
{
    public override BookingStatus Status => BookingStatus.NoShow;
}

/// <param name="Money">Null when nothing was tried to be paid.</param>
/// <param name="RefundPercent">Of what was paid.</param>
public sealed record CancelledBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    DateTimeOffset EndedAt,
    BookingMoney? Money,
    string By,
    WrittenText? Reason,
    int RefundPercent
) : EndedBooking(Terms, ChangedAt, EndedAt)
{
    public override BookingStatus Status => BookingStatus.Cancelled;
}

/// <summary>Not paid while the time was held. Money may still come.</summary>
/// <param name="Money">Null when nothing was tried to be paid.</param>
public sealed record ExpiredBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    DateTimeOffset EndedAt,
    BookingMoney? Money
) : EndedBooking(Terms, ChangedAt, EndedAt)
{
    public override BookingStatus Status => BookingStatus.Expired;
}

/// <summary>Only to be read.</summary>
public sealed record ArchivedBooking(
    BookingTerms Terms,
    DateTimeOffset ChangedAt,
    BookingMoney? Money,
    CallVerdict? Verdict,
    Rating? Rating
) : AgreedBooking(Terms, ChangedAt)
{
    public override BookingStatus Status => BookingStatus.Archived;
}
