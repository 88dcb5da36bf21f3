using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Wallets;

/// <summary>A private call whose tokens are held.</summary>
/// <param name="Id">Where the hold is written.</param>
/// <param name="Tokens">What is held now.</param>
public sealed record HeldCall(PurchaseId Id, string PaymentId, string BookingId, string ModelId, Tokens Tokens);

/// <summary>Tokens are kept aside for a private call.</summary>
public sealed record CallHeld(DateTimeOffset At, Amounts After, HeldCall Call) : BalanceEvent(At, After);

/// <summary>A part of what was held is free again.</summary>
/// <param name="Call">As it is from here on.</param>
public sealed record CallReduced(DateTimeOffset At, Amounts After, HeldCall Call, Tokens Released, string Reason)
    : BalanceEvent(At, After);

/// <summary>The hold has ended. <paramref name="Captured"/> and <paramref name="Released"/> add up to it.</summary>
public sealed record CallSettled(
    DateTimeOffset At,
    Amounts After,
    HeldCall Call,
    Tokens Captured,
    Tokens Released,
    string Reason
) : BalanceEvent(At, After);

/// <summary>The performer's wallet is to give tokens of a settled call back. None moves here yet.</summary>
public sealed record CallCorrected(DateTimeOffset At, Amounts After, CallCorrection Correction)
    : BalanceEvent(At, After);
