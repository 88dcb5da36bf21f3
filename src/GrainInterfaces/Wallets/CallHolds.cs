using Actors.GrainInterfaces.Ledger;

namespace Actors.GrainInterfaces.Wallets;

/// <summary>Tokens are kept aside for a private call until it is decided what becomes of them.</summary>
/// <param name="PaymentId">Names the hold: repeated for the same payment, nothing is held twice.</param>
[GenerateSerializer, Immutable, Alias("HoldForCall")]
public sealed record HoldForCall(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] string BookingId,
    [property: Id(2)] string ModelId,
    [property: Id(3)] Tokens Tokens
);

/// <param name="CallId">Where the hold is written.</param>
[GenerateSerializer, Immutable, Alias("CallHold")]
public sealed record CallHold(
    [property: Id(0)] PurchaseId CallId,
    [property: Id(1)] string PaymentId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] Tokens Available,
    [property: Id(4)] DateTimeOffset At
);

/// <summary>A part of the hold is free again, because a cheaper call was agreed on.</summary>
[GenerateSerializer, Immutable, Alias("CallReduction")]
public sealed record CallReduction(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] Tokens Released,
    [property: Id(2)] string Reason
);

/// <summary>The hold ends: the performer gets so much of it, and the rest is free again.</summary>
[GenerateSerializer, Immutable, Alias("CallSettlement")]
public sealed record CallSettlement(
    [property: Id(0)] string PaymentId,
    [property: Id(1)] Tokens Captured,
    [property: Id(2)] string Reason
);

/// <summary>The call that a wallet has earned by.</summary>
[GenerateSerializer, Immutable, Alias("SoldCall")]
public sealed record SoldCall(
    [property: Id(0)] PurchaseId CallId,
    [property: Id(1)] string PaymentId,
    [property: Id(2)] string BookingId
);

/// <summary>Tokens that a call had earned go back, because an admin has decided about it once more.</summary>
[GenerateSerializer, Immutable, Alias("ReturnCall")]
public sealed record ReturnCall(
    [property: Id(0)] SoldCall Call,
    [property: Id(1)] string UserId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] string Reason
);

/// <summary>What the performer got for a call goes back, or a part of it.</summary>
[GenerateSerializer, Immutable, Alias("CallCorrection")]
public sealed record CallCorrection(
    [property: Id(0)] SoldCall Call,
    [property: Id(1)] string ModelId,
    [property: Id(2)] Tokens Tokens,
    [property: Id(3)] string Reason
);
