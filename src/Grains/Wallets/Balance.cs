using System.Collections.Immutable;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>A user's balance and purchases as the fold of their events.</summary>
/// <param name="Version">The number of the newest event.</param>
/// <param name="Account">The number of the account; null until the first tokens come in.</param>
/// <param name="Restricted">Whether the person may not spend.</param>
/// <param name="Issued">All tokens that ever came into being here.</param>
/// <param name="Redeemed">All tokens that were taken back from here.</param>
/// <param name="Holds">Purchases whose tokens are held, by the version of their event.</param>
/// <param name="Calls">Private calls whose tokens are held, by their payment.</param>
/// <param name="Today">How often each item was bought on the UTC day of the newest purchase.</param>
/// <param name="Keys">From the fingerprint of an idempotency key to the event that it led to.</param>
/// <param name="Outcomes">From the version of a purchase to the newest event about it, which leads to the one before.</param>
public sealed record Balance(
    long Version,
    StreamClock Clock,
    long? Account,
    bool Restricted,
    Amounts Amounts,
    Tokens Issued,
    Tokens Redeemed,
    ImmutableSortedDictionary<long, Hold> Holds,
    DailyCounts Today,
    PurchasePlaces Purchases,
    NumberMap Keys,
    NumberMap Outcomes,
    ImmutableDictionary<string, HeldCall> Calls
)
{
    public static readonly Balance Empty = new(
        0,
        default,
        null,
        false,
        Amounts.None,
        Tokens.None,
        Tokens.None,
        ImmutableSortedDictionary<long, Hold>.Empty,
        DailyCounts.None,
        PurchasePlaces.None,
        NumberMap.Empty,
        NumberMap.Empty,
        ImmutableDictionary<string, HeldCall>.Empty
    );

    /// <summary>The newest event about a purchase: the purchase itself while nothing has followed.</summary>
    public long NewestAbout(PurchaseId id) =>
        Outcomes.TryGet((ulong)id.Version, out var version) ? version : id.Version;
}
