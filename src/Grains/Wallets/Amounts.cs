using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>What a balance is made of.</summary>
public sealed record Amounts(Tokens Available, Tokens Held, long LoyaltyPoints)
{
    public static readonly Amounts None = new(Tokens.None, Tokens.None, 0);

    public Amounts Credited(Tokens tokens) => this with { Available = Available + tokens };

    public Amounts Spent(Tokens tokens, long points = 0) =>
        this with
        {
            Available = Available - tokens,
            LoyaltyPoints = LoyaltyPoints + points,
        };

    public Amounts Hold(Tokens tokens) => this with { Available = Available - tokens, Held = Held + tokens };

    /// <summary>Ends a hold: part of it is gone, the rest is free again.</summary>
    public Amounts Settled(Tokens captured, Tokens released, long points) =>
        new(Available + released, Held - captured - released, LoyaltyPoints + points);

    /// <summary>Ends a purchase that was complete: its tokens come back, and the points that it had earned go.</summary>
    public Amounts Refunded(Tokens tokens, long points) =>
        this with
        {
            Available = Available + tokens,
            LoyaltyPoints = LoyaltyPoints - points,
        };
}
