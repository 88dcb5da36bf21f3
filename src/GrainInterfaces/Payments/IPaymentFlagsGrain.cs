using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Payments;

/// <summary>Payments that need a person: money that does not match, and refunds that no provider makes. The key is a shard.</summary>
[Alias("IPaymentFlagsGrain")]
public interface IPaymentFlagsGrain : IGrainWithStringKey
{
    Task Take(Delivery delivery, PaymentFlag flag);

    /// <summary>What is open, oldest first.</summary>
    [ReadOnly]
    ValueTask<PaymentFlagList> List(int limit, int offset);
}

public enum PaymentFlagKind
{
    /// <summary>Another amount or currency than was asked for arrived; it is being given back.</summary>
    Mismatch,

    /// <summary>A refund has to be made by hand.</summary>
    RefundByHand,

    /// <summary>What was flagged is in order again.</summary>
    Settled,
}

/// <param name="Number">Of the refund.</param>
[GenerateSerializer, Immutable, Alias("PaymentFlag")]
public sealed record PaymentFlag(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string BookingId,
    [property: Id(2)] string Provider,
    [property: Id(3)] PaymentFlagKind Kind,
    [property: Id(4)] int Number,
    [property: Id(5)] Money Money,
    [property: Id(6)] string Reason,
    [property: Id(7)] DateTimeOffset At
);

[GenerateSerializer, Immutable, Alias("PaymentFlagList")]
public sealed record PaymentFlagList([property: Id(0)] IReadOnlyList<PaymentFlag> Flags, [property: Id(1)] long Total);
