using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>
/// What the conservation proof asks of an account. The accounts are read one after the other while tokens go on moving,
/// so each freezes what it was at its own moment; transfers that one side has and the other has not are then found one by
/// one and counted as on the way.
/// </summary>
[Alias("ILedgerAccountGrain")]
public interface ILedgerAccountGrain : IGrainWithStringKey
{
    /// <summary>The version of the oldest event with a transfer that nobody has acknowledged, else of the next event.</summary>
    [AlwaysInterleave]
    Task<long> Mark();

    /// <summary>Freezes the account as it durably is now, under the proof's name, and says what it holds.</summary>
    [AlwaysInterleave]
    Task<AccountCut> Freeze(string proof);

    /// <summary>The transfers to other accounts in events from this version on, oldest first, at most <paramref name="limit"/>.</summary>
    [AlwaysInterleave]
    Task<OutgoingTransfers> Outgoing(long fromVersion, int limit);

    /// <summary>Which of these had arrived when the account was frozen; null when the frozen state is gone.</summary>
    [AlwaysInterleave]
    Task<ArrivedTransfers?> Arrived(string proof, IReadOnlyList<Delivery> deliveries);
}

/// <param name="Version">The newest event that the figures include.</param>
/// <param name="Issued">Tokens that came into being in this account, ever.</param>
/// <param name="Redeemed">Tokens that left the platform from this account, ever.</param>
[GenerateSerializer, Immutable, Alias("AccountCut")]
public sealed record AccountCut(
    [property: Id(0)] long Version,
    [property: Id(1)] Tokens Available,
    [property: Id(2)] Tokens Held,
    [property: Id(3)] Tokens Issued,
    [property: Id(4)] Tokens Redeemed
);

[GenerateSerializer, Immutable, Alias("OutgoingTransfer")]
public sealed record OutgoingTransfer(
    [property: Id(0)] long Version,
    [property: Id(1)] Delivery Delivery,
    [property: Id(2)] AccountId To,
    [property: Id(3)] Tokens Tokens
);

/// <param name="Next">The version to go on from; null when there are no more.</param>
[GenerateSerializer, Immutable, Alias("OutgoingTransfers")]
public sealed record OutgoingTransfers(
    [property: Id(0)] IReadOnlyList<OutgoingTransfer> Transfers,
    [property: Id(1)] long? Next
);

[GenerateSerializer, Immutable, Alias("ArrivedTransfers")]
public sealed record ArrivedTransfers([property: Id(0)] IReadOnlyList<bool> Arrived);
