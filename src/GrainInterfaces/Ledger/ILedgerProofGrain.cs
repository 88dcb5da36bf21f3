using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>Adds up the whole ledger, also while load runs; the key is <see cref="Only"/>.</summary>
[Alias("ILedgerProofGrain")]
public interface ILedgerProofGrain : IGrainWithStringKey
{
    const string Only = "ledger";

    /// <summary>Begins a proof, after those that are under way, and answers its name.</summary>
    /// <param name="positions">How many positions to name; the digest covers all of them.</param>
    Task<string> Begin(int positions);

    /// <summary>What the proof came to; null when it takes longer than a call should: ask again.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:10")]
    Task<Outcome<LedgerProof>?> Result(string proof);
}

public static class LedgerProofs
{
    /// <summary>Adds up the ledger, however many accounts there are and however long that takes.</summary>
    public static async Task<Outcome<LedgerProof>> Prove(this ILedgerProofGrain ledger, int positions)
    {
        var proof = await ledger.Begin(positions);
        while (true)
        {
            // Each call waits for some seconds by itself.
            if (await ledger.Result(proof) is { } result)
            {
                return result;
            }
        }
    }
}

/// <summary>
/// Issued − redeemed = available + held + wallets + in transit, at the positions named; and of each outside currency
/// received = refunded + held + earned.
/// </summary>
/// <param name="Accounts">How many accounts the figures cover.</param>
/// <param name="PositionsDigest">SHA-256 over the lines <c>account@version</c> of all accounts in ordinal order.</param>
[GenerateSerializer, Immutable, Alias("LedgerProof")]
public sealed record LedgerProof(
    [property: Id(0)] Tokens Issued,
    [property: Id(1)] Tokens Redeemed,
    [property: Id(2)] Tokens Available,
    [property: Id(3)] Tokens Held,
    [property: Id(4)] Tokens Wallets,
    [property: Id(5)] long InTransit,
    [property: Id(6)] long Accounts,
    [property: Id(7)] IReadOnlyList<AccountPosition> Positions,
    [property: Id(8)] string PositionsDigest,
    [property: Id(9)] TimeSpan Took,
    [property: Id(10)] IReadOnlyList<OutsideMoney> Outside
)
{
    public bool Conserved =>
        Issued.Count - Redeemed.Count == Available.Count + Held.Count + Wallets.Count + InTransit
        && Outside.All(static money => money.Conserved);
}

[GenerateSerializer, Immutable, Alias("AccountPosition")]
public sealed record AccountPosition([property: Id(0)] AccountId Account, [property: Id(1)] long Version);
