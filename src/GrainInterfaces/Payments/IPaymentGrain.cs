using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Payments;

/// <summary>
/// One payment for one booking with one provider, from the session to its last refund. The key is the payment's id. It
/// alone talks to the provider, and it tells the booking what has become of the money.
/// </summary>
[Alias("IPaymentGrain")]
public interface IPaymentGrain : IGrainWithStringKey
{
    /// <summary>Opens a session with the provider, or holds the tokens; repeated, answers the same.</summary>
    [ResponseTimeout("00:00:15")]
    Task<Outcome<PaymentView>> Start(StartPayment command);

    [ReadOnly]
    ValueTask<PaymentView?> Get();

    /// <summary>Everything that is known of the money, for admins; null when there is no such payment.</summary>
    [ReadOnly]
    ValueTask<PaymentFile?> Describe();

    /// <summary>
    /// The booking waits no longer: the session is closed at the provider. Money that arrives all the same is told to the
    /// booking as <see cref="PaymentStatus.Paid"/>, and the booking decides.
    /// </summary>
    Task Expire(Delivery delivery);

    /// <summary>
    /// What becomes of the money, once and for all: what is not the performer's goes back to who paid it. A second
    /// decision changes nothing, whatever it says, unless <see cref="SettlePayment.Correction"/>.
    /// </summary>
    Task Settle(Delivery delivery, SettlePayment command);

    /// <summary>Part of what was paid goes back before the call has taken place: a shorter or cheaper one was agreed on.</summary>
    Task Reduce(Delivery delivery, ReducePayment command);

    /// <summary>What the provider says, its signature and age checked; each event id counts once.</summary>
    Task<Outcome<Done>> Hear(ProviderEvent said);

    /// <summary>An admin has given back what the provider could not: once for each refund.</summary>
    Task<Outcome<PaymentFile>> NoteRefund(NoteRefund command);
}

[JsonConverter(typeof(JsonStringEnumConverter<PaymentStatus>))]
public enum PaymentStatus
{
    [JsonStringEnumMemberName("starting")]
    Starting,

    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("paid")]
    Paid,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("settled")]
    Settled,
}

[GenerateSerializer, Immutable, Alias("StartPayment")]
public sealed record StartPayment(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string BookingId,
    [property: Id(2)] string UserId,
    [property: Id(3)] string PerformerId,
    [property: Id(4)] string Provider,
    [property: Id(5)] Money Price,
    [property: Id(6)] DateTimeOffset ExpiresAt
);

/// <param name="Amount">What the provider asks for: the price, or what it is in the provider's currency.</param>
/// <param name="Link">Where the user pays; null for tokens.</param>
/// <param name="Refunded">What has gone back, or is on its way.</param>
[GenerateSerializer, Immutable, Alias("PaymentView")]
public sealed record PaymentView(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string BookingId,
    [property: Id(2)] string UserId,
    [property: Id(3)] string PerformerId,
    [property: Id(4)] string Provider,
    [property: Id(5)] PaymentStatus Status,
    [property: Id(6)] Money Amount,
    [property: Id(7)] string? Link,
    [property: Id(8)] long Refunded,
    [property: Id(9)] DateTimeOffset StartedAt,
    [property: Id(10)] DateTimeOffset? PaidAt,
    [property: Id(11)] DateTimeOffset? SettledAt,
    [property: Id(12)] string? Failure
);

/// <param name="RefundPercent">0: all of it is the performer's; 100: all of it goes back. Refunds are rounded up.</param>
/// <param name="Correction">An admin's correction of the first decision: what was not yet given back is given back.</param>
[GenerateSerializer, Immutable, Alias("SettlePayment")]
public sealed record SettlePayment(
    [property: Id(0)] int RefundPercent,
    [property: Id(1)] string Reason,
    [property: Id(2)] bool Correction = false
);

[GenerateSerializer, Immutable, Alias("ReducePayment")]
public sealed record ReducePayment([property: Id(0)] long NewPrice, [property: Id(1)] string Reason);

public enum ProviderEventKind
{
    Paid,
    Declined,
    Expired,
    Refunded,
    RefundFailed,
}

/// <param name="EventId">The provider's own; repeats are dropped by it.</param>
/// <param name="Amount">What was paid; null where the event does not say it.</param>
/// <param name="Reference">
/// The provider's name for the money, by which two payments are told apart from one that was told twice; of a refund our own
/// name for it.
/// </param>
/// <param name="Check">It is only believed once the provider has said the same when asked.</param>
[GenerateSerializer, Immutable, Alias("ProviderEvent")]
public sealed record ProviderEvent(
    [property: Id(0)] string EventId,
    [property: Id(1)] ProviderEventKind Kind,
    [property: Id(2)] Money? Amount,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string? Reference,
    [property: Id(5)] bool Check = false
);

public enum ReceiptKind
{
    /// <summary>What was asked for.</summary>
    Due,

    /// <summary>Paid once more, or for what is over: it goes back whole.</summary>
    Extra,

    /// <summary>Another amount or currency than was asked for: it goes back whole, and admins are told.</summary>
    Mismatch,
}

[GenerateSerializer, Immutable, Alias("PaymentReceipt")]
public sealed record PaymentReceipt(
    [property: Id(0)] string Reference,
    [property: Id(1)] Money Money,
    [property: Id(2)] ReceiptKind Kind,
    [property: Id(3)] DateTimeOffset At
);

public enum RefundState
{
    /// <summary>Asked for again until the provider has done it.</summary>
    Owed,
    Done,

    /// <summary>The provider cannot or will not: a person has to, and says so.</summary>
    ByHand,
}

/// <param name="Number">From 1.</param>
/// <param name="Of">The receipt whose money it is.</param>
[GenerateSerializer, Immutable, Alias("PaymentRefund")]
public sealed record PaymentRefund(
    [property: Id(0)] int Number,
    [property: Id(1)] string Of,
    [property: Id(2)] Money Money,
    [property: Id(3)] RefundState State,
    [property: Id(4)] string Reason,
    [property: Id(5)] string? Reference
);

[GenerateSerializer, Immutable, Alias("PaymentFile")]
public sealed record PaymentFile(
    [property: Id(0)] PaymentView Payment,
    [property: Id(1)] string? SessionId,
    [property: Id(2)] IReadOnlyList<PaymentReceipt> Receipts,
    [property: Id(3)] IReadOnlyList<PaymentRefund> Refunds,
    [property: Id(4)] DateTimeOffset? NextCallAt
);

/// <param name="Reference">How it was sent, such as a bank's or a chain's transaction.</param>
[GenerateSerializer, Immutable, Alias("NoteRefund")]
public sealed record NoteRefund(
    [property: Id(0)] int Number,
    [property: Id(1)] Identity.Actor Actor,
    [property: Id(2)] string Reference
);

/// <summary>What a payment tells its booking.</summary>
[GenerateSerializer, Immutable, Alias("PaymentNews")]
public sealed record PaymentNews(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] PaymentStatus Status,
    [property: Id(2)] Money Amount,
    [property: Id(3)] long Refunded,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] string? Failure
);
