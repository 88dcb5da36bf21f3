using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Bookings;

/// <summary>What somebody asked for.</summary>
public sealed record CallWish(
    string UserId,
    string PerformerId,
    DateTimeOffset Start,
    int Duration,
    CallType Type,
    int RulesVersion
)
{
    public static CallWish Of(RequestBooking command) =>
        new(command.UserId, command.PerformerId, command.Start, command.Duration, command.Type, command.RulesVersion);
}

/// <summary>What the two have agreed on. Price, policy and grace stay as they were when it was agreed.</summary>
/// <param name="Sequence">Raised by each change of time and by a cancellation.</param>
/// <param name="Asked">What was asked for at first; null while nothing of it has changed.</param>
public sealed record BookingTerms(
    CallWish Wish,
    string PerformerName,
    Money Price,
    CancellationPolicy Policy,
    int GraceMinutes,
    int ArchiveDays,
    DateTimeOffset CreatedAt,
    int Sequence,
    CallWish? Asked = null
)
{
    [JsonIgnore]
    public string UserId => Wish.UserId;

    [JsonIgnore]
    public string PerformerId => Wish.PerformerId;

    [JsonIgnore]
    public DateTimeOffset Start => Wish.Start;

    [JsonIgnore]
    public DateTimeOffset End => Wish.Start.AddMinutes(Wish.Duration);

    /// <summary>Nobody stays longer.</summary>
    [JsonIgnore]
    public DateTimeOffset Closes => End.AddMinutes(GraceMinutes);
}

public enum PaymentState
{
    /// <summary>Its user is asked to pay.</summary>
    Open,

    /// <summary>Declined, or given up; another one may follow.</summary>
    Failed,

    /// <summary>Its money is for this call.</summary>
    Paid,

    /// <summary>Its money came for nothing and goes back.</summary>
    Returned,
}

/// <param name="Share">Its part of the price, in the price's currency.</param>
/// <param name="Paid">What came, in the currency that it was paid in.</param>
/// <param name="Refunded">Of that, what has gone back.</param>
/// <param name="Key">The idempotency key of the command that began it.</param>
/// <param name="Move">The number of the move whose difference it pays; 0 for the call itself.</param>
public sealed record BookingPayment(
    string Id,
    string Provider,
    Money Share,
    PaymentState State,
    IdempotencyKey Key,
    int Move = 0,
    Money? Paid = null,
    long Refunded = 0
);

/// <summary>All that was tried to pay for a booking, oldest first.</summary>
public sealed record BookingMoney(DateTimeOffset RulesAcceptedAt, ImmutableArray<BookingPayment> Payments)
{
    public const int MostPayments = 10;

    /// <summary>The one that is waited for.</summary>
    [JsonIgnore]
    public BookingPayment? Open => Payments.LastOrDefault(static payment => payment.State == PaymentState.Open);

    [JsonIgnore]
    public IEnumerable<BookingPayment> Kept => Payments.Where(static payment => payment.State == PaymentState.Paid);

    public BookingPayment? Find(string id) => Payments.FirstOrDefault(payment => payment.Id == id);

    public BookingMoney With(BookingPayment changed) =>
        this with
        {
            Payments = [.. Payments.Select(payment => payment.Id == changed.Id ? changed : payment)],
        };

    /// <summary>What waits is waited for no longer.</summary>
    public BookingMoney Closed() => Open is { } open ? With(open with { State = PaymentState.Failed }) : this;

    public bool Equals(BookingMoney? other) =>
        other is not null
        && RulesAcceptedAt == other.RulesAcceptedAt
        && Payments.AsSpan().SequenceEqual(other.Payments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(RulesAcceptedAt, Payments.Length);
}

/// <summary>Another time that was asked for while the call is confirmed.</summary>
/// <param name="Number">Names its hold.</param>
/// <param name="Difference">What is to be paid more; nothing for one that costs as much or less.</param>
/// <param name="Begun">When the performer was asked, for the hold or, once it is paid, for the exchange.</param>
/// <param name="Until">Until when its hold waits for the payment; null while the performer has not answered.</param>
/// <param name="PaidBy">The payment of the difference, once it has come.</param>
public sealed record PendingMove(
    int Number,
    DateTimeOffset Start,
    int Duration,
    Money Price,
    Money Difference,
    DateTimeOffset Begun,
    DateTimeOffset? Until,
    string? PaidBy = null
)
{
    /// <summary>Whoever asked has got no answer by then; it is settled without.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    [JsonIgnore]
    public bool CostsMore => Difference.Amount > 0;

    /// <summary>
    /// The performer may have exchanged the times already: until that is known nothing else is decided about the call.
    /// </summary>
    [JsonIgnore]
    public bool IsUnderWay => Until is null;

    [JsonIgnore]
    public DateTimeOffset Due => Until ?? Begun + AnswerWithin;
}

/// <summary>What was asked for under a key: done once, however often and late it is asked again.</summary>
/// <param name="Duration">Null for as long as it was.</param>
public sealed record MoveCommand(IdempotencyKey Key, DateTimeOffset Start, int? Duration);

/// <summary>How a call ended, and on what evidence.</summary>
/// <param name="RefundPercent">Of what was paid.</param>
/// <param name="Correction">An admin's, who may do so once.</param>
public sealed record CallVerdict(
    CallEndKind Kind,
    int RefundPercent,
    DateTimeOffset At,
    ImmutableArray<Stay> Evidence,
    VerdictCorrection? Correction = null
)
{
    public bool Equals(CallVerdict? other) =>
        other is not null
        && (Kind, RefundPercent, At, Correction) == (other.Kind, other.RefundPercent, other.At, other.Correction)
        && Evidence.AsSpan().SequenceEqual(other.Evidence.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Kind, RefundPercent, At, Evidence.Length);
}

public sealed record VerdictCorrection(CallEndKind Was, string By, string Reason, DateTimeOffset At);

/// <summary>One uninterrupted stay of a person in the room. Either end may not be known: events come late, or never.</summary>
/// <param name="Session">A reconnect is another one.</param>
public sealed record Stay(string PersonId, string Session, DateTimeOffset? From, DateTimeOffset? To);

/// <param name="GivenAt">When it was given first; it may be changed for a day.</param>
public sealed record Rating(int Stars, WrittenText? Text, DateTimeOffset GivenAt);

/// <summary>What somebody wrote.</summary>
/// <param name="SealedFor">With whose key it is sealed, so that it goes when she is erased; null for what is not.</param>
public sealed record WrittenText(string Text, string? SealedFor);
