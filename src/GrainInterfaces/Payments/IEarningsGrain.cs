using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Payments;

/// <summary>What one performer has earned outside of tokens; the key is the model's id.</summary>
[Alias("IEarningsGrain")]
public interface IEarningsGrain : IGrainWithStringKey
{
    Task Take(Delivery delivery, OutsideEarning earning);

    /// <summary>The sums by currency, and the lines with a number below <paramref name="before"/>, newest first.</summary>
    [ReadOnly]
    Task<EarningsPage> List(long? before, int limit);
}

/// <param name="Amount">In the currency's smallest unit; below zero when an admin has taken it back.</param>
[GenerateSerializer, Immutable, Alias("OutsideEarning")]
public sealed record OutsideEarning(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string BookingId,
    [property: Id(2)] string Provider,
    [property: Id(3)] string Currency,
    [property: Id(4)] long Amount,
    [property: Id(5)] DateTimeOffset At
);

/// <param name="Earned">What of the currency was earned by then.</param>
[GenerateSerializer, Immutable, Alias("EarningLine")]
public sealed record EarningLine(
    [property: Id(0)] long Number,
    [property: Id(1)] OutsideEarning Earning,
    [property: Id(2)] long Earned
);

/// <param name="Next">The number to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("EarningsPage")]
public sealed record EarningsPage(
    [property: Id(0)] IReadOnlyDictionary<string, long> Earned,
    [property: Id(1)] IReadOnlyList<EarningLine> Lines,
    [property: Id(2)] long? Next
);
