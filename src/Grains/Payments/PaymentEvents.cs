using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments;

/// <param name="Order">In every event, so that what others are told follows from the event alone.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PaymentStarted), "payment.started.v1")]
[JsonDerivedType(typeof(SessionOpened), "payment.session-opened.v1")]
[JsonDerivedType(typeof(SessionRefused), "payment.session-refused.v1")]
[JsonDerivedType(typeof(SessionEnded), "payment.session-ended.v1")]
[JsonDerivedType(typeof(MoneyReceived), "payment.received.v1")]
[JsonDerivedType(typeof(PaymentDeclined), "payment.declined.v1")]
[JsonDerivedType(typeof(PaymentExpired), "payment.expired.v1")]
[JsonDerivedType(typeof(PaymentReduced), "payment.reduced.v1")]
[JsonDerivedType(typeof(PaymentSettled), "payment.settled.v1")]
[JsonDerivedType(typeof(PaymentCorrected), "payment.corrected.v1")]
[JsonDerivedType(typeof(RefundDone), "payment.refund-done.v1")]
[JsonDerivedType(typeof(RefundLeftToPeople), "payment.refund-by-hand.v1")]
[JsonDerivedType(typeof(ErrandBegun), "payment.errand-begun.v1")]
public abstract record PaymentEvent(DateTimeOffset At, PaymentOrder Order);

/// <summary>The provider is about to be asked: written first, so that nothing is ever opened that nobody knows of.</summary>
public sealed record PaymentStarted(DateTimeOffset At, PaymentOrder Order) : PaymentEvent(At, Order);

public sealed record SessionOpened(DateTimeOffset At, PaymentOrder Order, ProviderSession Session)
    : PaymentEvent(At, Order);

/// <summary>The provider does not take it.</summary>
public sealed record SessionRefused(DateTimeOffset At, PaymentOrder Order, PaymentFailure Failure)
    : PaymentEvent(At, Order);

/// <summary>Nothing more is to be expected of the session, unless it is asked once more.</summary>
/// <param name="Ask">The provider may have got money for it.</param>
public sealed record SessionEnded(DateTimeOffset At, PaymentOrder Order, bool Ask) : PaymentEvent(At, Order);

/// <summary>Money is there. What is not <see cref="ReceiptKind.Due"/> goes back whole.</summary>
/// <param name="Refund">The refund that this leads to; null for what was due.</param>
/// <param name="EventId">Of the provider's event; null when it was asked.</param>
public sealed record MoneyReceived(
    DateTimeOffset At,
    PaymentOrder Order,
    PaymentReceipt Receipt,
    PaymentRefund? Refund,
    string? EventId
) : PaymentEvent(At, Order);

public sealed record PaymentDeclined(DateTimeOffset At, PaymentOrder Order, PaymentFailure Failure, string? EventId)
    : PaymentEvent(At, Order);

/// <param name="ByProvider">Else the booking waits no longer, and the session has yet to be closed.</param>
public sealed record PaymentExpired(DateTimeOffset At, PaymentOrder Order, bool ByProvider, string? EventId)
    : PaymentEvent(At, Order);

/// <param name="Refund">What goes back.</param>
/// <param name="Refunded">In all.</param>
public sealed record PaymentReduced(
    DateTimeOffset At,
    PaymentOrder Order,
    PaymentRefund Refund,
    long Refunded,
    string Reason
) : PaymentEvent(At, Order);

/// <summary>It is decided what becomes of the money, once and for all.</summary>
/// <param name="Kept">The performer's.</param>
/// <param name="Refund">What goes back; null when nothing does.</param>
/// <param name="Refunded">In all.</param>
public sealed record PaymentSettled(
    DateTimeOffset At,
    PaymentOrder Order,
    long Kept,
    PaymentRefund? Refund,
    long Refunded,
    string Reason
) : PaymentEvent(At, Order);

/// <summary>An admin has decided once more: what was the performer's goes back, or a part of it.</summary>
/// <param name="SessionId">Of tokens: where the hold was written.</param>
public sealed record PaymentCorrected(
    DateTimeOffset At,
    PaymentOrder Order,
    PaymentRefund Refund,
    long Refunded,
    string Reason,
    string SessionId
) : PaymentEvent(At, Order);

/// <summary>The money of a refund has left.</summary>
/// <param name="Status">How the payment stands with it.</param>
/// <param name="Actor">The admin who has seen to it; null for the provider.</param>
public sealed record RefundDone(
    DateTimeOffset At,
    PaymentOrder Order,
    PaymentRefund Refund,
    PaymentStatus Status,
    long Refunded,
    Actor? Actor,
    string? EventId
) : PaymentEvent(At, Order);

/// <summary>The provider cannot or will not give it back.</summary>
public sealed record RefundLeftToPeople(
    DateTimeOffset At,
    PaymentOrder Order,
    PaymentRefund Refund,
    string Failure,
    string? EventId
) : PaymentEvent(At, Order);

/// <summary>The provider is asked now, and again at <paramref name="Again"/> unless something comes of it.</summary>
/// <param name="EventId">Of the provider's event that made us ask.</param>
public sealed record ErrandBegun(
    DateTimeOffset At,
    PaymentOrder Order,
    ErrandKind Kind,
    int Number,
    DateTimeOffset Again,
    string? EventId = null
) : PaymentEvent(At, Order);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PaymentEvent))]
[JsonSerializable(typeof(Payment))]
internal sealed partial class PaymentJson : JsonSerializerContext;
