using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>Every proof says that tokens are conserved, and its figures are what the streams add up to at its positions.</summary>
internal sealed class ProofOracle(Books books, Evidence evidence)
{
    public IEnumerable<string> Check()
    {
        foreach (var operation in evidence.Operations)
        {
            if (operation.Value is not LedgerProof proof)
            {
                continue;
            }
            if (!proof.Conserved)
            {
                yield return $"{operation} found that tokens are not conserved: {proof}";
            }
            if (proof.Positions.FirstOrDefault(IsAhead) is { } ahead)
            {
                yield return $"{operation} saw {ahead}, which the stream does not hold";
            }
            else if (FiguresAt(proof) is var figures && figures != FiguresOf(proof))
            {
                yield return $"{operation} says {FiguresOf(proof)}, but the streams add up to {figures}";
            }
            if (proof.PositionsDigest != DigestOf(proof))
            {
                yield return $"{operation} has a digest that is not of its positions";
            }
        }
    }

    private bool IsAhead(AccountPosition position) =>
        evidence.EventsOf(position.Account.ToString()).Count < position.Version;

    private static (long, long, long, long, long) FiguresOf(LedgerProof proof) =>
        (proof.Issued.Count, proof.Redeemed.Count, proof.Available.Count, proof.Held.Count, proof.Wallets.Count);

    private (long, long, long, long, long) FiguresAt(LedgerProof proof)
    {
        var at = proof.Positions.ToDictionary(
            static position => position.Account.ToString(),
            static p => (int)p.Version
        );
        var balances = books
            .Balances.Select(balance => (balance, Version: at.GetValueOrDefault(balance.Stream)))
            .ToArray();
        var wallets = books.Wallets.Select(wallet => wallet.States[at.GetValueOrDefault(wallet.Stream)]).ToArray();
        var credited = balances.Sum(static entry =>
            entry.balance.Events.Take(entry.Version).OfType<TokensCredited>().Sum(static e => e.Tokens.Count)
        );
        var debited = balances.Sum(static entry =>
            entry.balance.Events.Take(entry.Version).OfType<TokensDebited>().Sum(static e => e.Tokens.Count)
        );
        return (
            credited + wallets.Sum(static wallet => wallet.Issued),
            wallets.Sum(static wallet => wallet.PaidOut) + debited,
            balances.Sum(static entry => entry.balance.States[entry.Version].Available),
            balances.Sum(static entry => entry.balance.States[entry.Version].Held),
            wallets.Sum(static wallet => wallet.Tokens)
        );
    }

    private static string DigestOf(LedgerProof proof)
    {
        var lines = proof
            .Positions.OrderBy(static position => position.Account.ToString(), StringComparer.Ordinal)
            .Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Account}@{p.Version}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
