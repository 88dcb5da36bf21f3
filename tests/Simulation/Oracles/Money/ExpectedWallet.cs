using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A wallet after some of its events, added up without the product's own rules.</summary>
/// <param name="Issued">What the platform paid for refunds.</param>
internal sealed record ExpectedWallet(
    long Tokens,
    long Earned,
    long Refunded,
    long PaidOut,
    long Issued,
    SalesFigures Sales
)
{
    public static readonly ExpectedWallet Empty = new(0, 0, 0, 0, 0, SalesFigures.None);

    public ExpectedWallet After(WalletEvent @event) => Moved(@event) with { Sales = Counted(@event) };

    private ExpectedWallet Moved(WalletEvent @event) =>
        @event switch
        {
            TokensEarned e => this with
            {
                Tokens = Tokens + e.Earning.Tokens.Count,
                Earned = Earned + e.Earning.Tokens.Count,
            },
            IReturn { FromPlatform: true } e => this with { Issued = Issued + e.Tokens.Count },
            IReturn e => this with { Tokens = Tokens - e.Tokens.Count, Refunded = Refunded + e.Tokens.Count },
            TokensPaidOut e => this with { Tokens = Tokens - e.Tokens.Count, PaidOut = PaidOut + e.Tokens.Count },
            _ => this,
        };

    /// <summary>Tips are no sales; a refund is one also when the platform pays it, but costs the model nothing then.</summary>
    private SalesFigures Counted(WalletEvent @event) =>
        @event switch
        {
            TokensEarned { Earning.Kind: not (EarningKind.Tip or EarningKind.Call) } e => Sales with
            {
                Sales = Sales.Sales + 1,
                Tokens = Sales.Tokens + e.Earning.Tokens.Count,
            },
            RefundGranted e => Sales with
            {
                Refunds = Sales.Refunds + 1,
                RefundedTokens = Sales.RefundedTokens + (e.FromPlatform ? 0 : e.Tokens.Count),
            },
            _ => Sales,
        };

    public bool Fits(WalletView view) =>
        (view.Tokens.Count, view.Earned.Count, view.Refunded.Count, view.PaidOut.Count)
        == (Tokens, Earned, Refunded, PaidOut);
}
