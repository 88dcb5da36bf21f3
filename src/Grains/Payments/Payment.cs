using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments;

/// <summary>One payment as the fold of its events.</summary>
/// <param name="Order">What was asked for; null before it was.</param>
/// <param name="Session">The provider's; null until it is known.</param>
/// <param name="Remaining">What of the amount was not given back by agreement before the call.</param>
/// <param name="Kept">What has become the performer's.</param>
/// <param name="Refunded">What of the amount has gone back, or is on its way.</param>
/// <param name="Errands">What there is to do at the provider.</param>
/// <param name="Heard">The newest ids of events of the provider.</param>
public sealed record Payment(
    PaymentOrder? Order,
    PaymentStatus Status,
    ProviderSession? Session,
    DateTimeOffset StartedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? SettledAt,
    PaymentFailure? Failure,
    bool Corrected,
    long Remaining,
    long Kept,
    long Refunded,
    ImmutableArray<PaymentReceipt> Receipts,
    ImmutableArray<PaymentRefund> Refunds,
    ImmutableArray<Errand> Errands,
    ImmutableArray<string> Heard
)
{
    public static readonly Payment None = new(
        null,
        PaymentStatus.Starting,
        null,
        default,
        null,
        null,
        null,
        false,
        0,
        0,
        0,
        [],
        [],
        [],
        []
    );

    [JsonIgnore]
    public DateTimeOffset? NextDue => Errands.IsEmpty ? null : Errands.Min(static errand => errand.DueAt);

    /// <summary>The money that was asked for, once it is there.</summary>
    [JsonIgnore]
    public PaymentReceipt? Due => Receipts.FirstOrDefault(static receipt => receipt.Kind == ReceiptKind.Due);

    /// <summary>Whether it is waited for.</summary>
    [JsonIgnore]
    public bool IsAwaited => Status is PaymentStatus.Starting or PaymentStatus.Pending;

    public PaymentRefund? RefundOf(int number) => Refunds.FirstOrDefault(refund => refund.Number == number);
}

/// <param name="Price">What the booking costs.</param>
/// <param name="Amount">What it is in the provider's currency.</param>
public sealed record PaymentOrder(
    string PaymentId,
    string BookingId,
    string UserId,
    string PerformerId,
    string Provider,
    Money Price,
    Money Amount,
    DateTimeOffset ExpiresAt
)
{
    [JsonIgnore]
    public bool IsTokens => Provider == PaymentProviders.Tokens;
}

/// <param name="Link">Where the user pays; null where nothing is left to do.</param>
public sealed record ProviderSession(string Id, string? Link);

/// <summary>Why a payment could not be made; the code is one of our refusals.</summary>
public sealed record PaymentFailure(string Code, string Message);

public enum ErrandKind
{
    Open,
    Close,
    Ask,
    Refund,
}

/// <summary>Something to do at the provider, again and again until it says that it is done.</summary>
/// <param name="Number">Which refund; 0 for everything else.</param>
/// <param name="Tries">How often it was begun.</param>
public sealed record Errand(ErrandKind Kind, int Number, DateTimeOffset DueAt, int Tries);
