using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>A model's wallet as the fold of its events.</summary>
/// <param name="Account">The number of the account; null until the first tokens come in.</param>
/// <param name="Issued">Tokens of refunds that the platform paid, for want of tokens here.</param>
/// <param name="Unannounced">Sales that the model has not been told of yet.</param>
/// <param name="Keys">From the fingerprint of an idempotency key to the event that it led to.</param>
/// <param name="Refunds">From the fingerprint of a purchase to the event that refunded it.</param>
public sealed record Wallet(
    long Version,
    StreamClock Clock,
    long? Account,
    Tokens Tokens,
    Tokens Earned,
    Tokens Refunded,
    Tokens PaidOut,
    Tokens Issued,
    UnannouncedSales Unannounced,
    NumberMap Keys,
    NumberMap Refunds
)
{
    public static readonly Wallet Empty = new(
        0,
        default,
        null,
        Tokens.None,
        Tokens.None,
        Tokens.None,
        Tokens.None,
        Tokens.None,
        UnannouncedSales.None,
        NumberMap.Empty,
        NumberMap.Empty
    );
}

/// <param name="Since">When the first of them was made; null when there are none.</param>
public sealed record UnannouncedSales(DateTimeOffset? Since, long Count, Tokens Tokens)
{
    public static readonly UnannouncedSales None = new(null, 0, Tokens.None);

    public UnannouncedSales With(Tokens tokens, DateTimeOffset at) => new(Since ?? at, Count + 1, Tokens + tokens);
}
