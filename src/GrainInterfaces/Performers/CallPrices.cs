using Actors.GrainInterfaces.Ledger;

namespace Actors.GrainInterfaces.Performers;

public static class CallPrices
{
    /// <summary>
    /// Of a call of so many minutes: its own price if it has one, else the base price, which is that of the shortest call, in
    /// proportion and rounded up.
    /// </summary>
    public static Money Of(
        Money basePrice,
        IReadOnlyList<DurationPrice> prices,
        IReadOnlyList<int> durations,
        int minutes
    )
    {
        foreach (var price in prices)
        {
            if (price.Minutes == minutes)
            {
                return basePrice with { Amount = price.Amount };
            }
        }
        var shortest = durations[0];
        return basePrice with { Amount = ((basePrice.Amount * minutes) + shortest - 1) / shortest };
    }

    public static Money PriceOf(this PerformerView performer, int minutes) =>
        Of(performer.BasePrice, performer.Prices, performer.Durations, minutes);
}
