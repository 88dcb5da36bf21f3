using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// Money that came in through providers, by currency. The key is a shard of the payment's id. Payments tell every movement
/// once, so that the figures are exact after every crash.
/// </summary>
[Alias("IOutsideMoneyGrain")]
public interface IOutsideMoneyGrain : IGrainWithStringKey
{
    Task Take(Delivery delivery, OutsideMovement movement);

    [ReadOnly]
    Task<OutsideFigures> Figures();
}

/// <summary>What one step of a payment moved: differences, which may be negative.</summary>
/// <param name="Received">Came in from outside.</param>
/// <param name="Refunded">Went back out.</param>
/// <param name="Earned">Became a performer's.</param>
[GenerateSerializer, Immutable, Alias("OutsideMovement")]
public sealed record OutsideMovement(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string Currency,
    [property: Id(2)] long Received,
    [property: Id(3)] long Refunded,
    [property: Id(4)] long Earned
);

/// <summary>One currency in its smallest unit.</summary>
/// <param name="Held">What of it is neither given back nor earned, added up payment by payment.</param>
[GenerateSerializer, Immutable, Alias("OutsideMoney")]
public sealed record OutsideMoney(
    [property: Id(0)] string Currency,
    [property: Id(1)] long Received,
    [property: Id(2)] long Refunded,
    [property: Id(3)] long Held,
    [property: Id(4)] long Earned
)
{
    public bool Conserved => Held >= 0 && Received == Refunded + Held + Earned;

    public static OutsideMoney operator +(OutsideMoney left, OutsideMoney right) =>
        new(
            left.Currency,
            checked(left.Received + right.Received),
            checked(left.Refunded + right.Refunded),
            checked(left.Held + right.Held),
            checked(left.Earned + right.Earned)
        );
}

/// <param name="Version">The newest event that the figures include.</param>
[GenerateSerializer, Immutable, Alias("OutsideFigures")]
public sealed record OutsideFigures(
    [property: Id(0)] long Version,
    [property: Id(1)] IReadOnlyList<OutsideMoney> Currencies
);
