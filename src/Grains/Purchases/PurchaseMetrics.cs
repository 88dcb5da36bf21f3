using System.Diagnostics.Metrics;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Operations;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>What purchases come to. Labels are drawn from small closed sets: never an id of a person.</summary>
internal static class PurchaseMetrics
{
    private static readonly KeyValuePair<string, object?> AtOnce = new("result", "completed");
    private static readonly KeyValuePair<string, object?> Queued = new("result", "held");

    private static readonly Counter<long> Purchases = GrainMetrics.Source.CreateCounter<long>(
        "actors.purchases",
        "{purchase}",
        "Purchases made durable: completed at once, or held for the model's queue. Repeats of a key do not count."
    );

    private static readonly Counter<long> Spent = GrainMetrics.Source.CreateCounter<long>(
        "actors.purchases.tokens",
        "{token}",
        "Tokens of the purchases made durable."
    );

    private static readonly Counter<long> Refusals = GrainMetrics.Source.CreateCounter<long>(
        "actors.purchases.refused",
        "{refusal}",
        "Purchases refused, by error code."
    );

    public static void Made(BalanceEvent purchase)
    {
        switch (purchase)
        {
            case ItemPurchased completed:
                Purchases.Add(1, AtOnce);
                Spent.Add(completed.Item.Tokens.Count, AtOnce);
                break;
            case ItemHeld held:
                Purchases.Add(1, Queued);
                Spent.Add(held.Item.Tokens.Count, Queued);
                break;
        }
    }

    public static Refusal Refused(Refusal refusal)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>("error", refusal.Code));
        return refusal;
    }
}
