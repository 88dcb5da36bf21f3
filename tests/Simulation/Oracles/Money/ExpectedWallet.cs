using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A wallet after some of its events, added up without the product's own rules.</summary>
/// <param name="Issued">What the platform paid for refunds.</param>
internal sealed record ExpectedWallet(long Tokens, long Earned, long Refunded, long PaidOut, long Issued)
{
    public static readonly ExpectedWallet Empty = new(0, 0, 0, 0, 0);

    public ExpectedWallet After(WalletEvent @event) =>
        @event switch
        {
            TokensEarned e => this with
            {
                Tokens = Tokens + e.Earning.Tokens.Count,
                Earned = Earned + e.Earning.Tokens.Count,
            },
            RefundGranted { FromPlatform: true } e => this with { Issued = Issued + e.Tokens.Count },
            RefundGranted e => this with { Tokens = Tokens - e.Tokens.Count, Refunded = Refunded + e.Tokens.Count },
            TokensPaidOut e => this with { Tokens = Tokens - e.Tokens.Count, PaidOut = PaidOut + e.Tokens.Count },
            _ => this,
        };

    public bool Fits(WalletView view) =>
        (view.Tokens.Count, view.Earned.Count, view.Refunded.Count, view.PaidOut.Count)
        == (Tokens, Earned, Refunded, PaidOut);
}
