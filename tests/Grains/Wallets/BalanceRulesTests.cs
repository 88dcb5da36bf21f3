using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Wallets;

public class BalanceRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact, Trait("Spec", "PM-7")]
    public void A_key_is_remembered_for_thirty_days_of_many_other_commands_and_not_for_ever()
    {
        var balance = Credited(Balance.Empty, Start, "remembered");
        for (var number = 0; number < 30_000; number++)
        {
            balance = Credited(balance, Start.AddDays(30 * number / 30_000.0), $"key-{number}");
        }
        Assert.True(balance.Keys.TryGet(BalanceRules.KeyOf(Root, Key("remembered")), out var version));
        Assert.Equal(1, version);

        for (var number = 0; number < 30_000; number++)
        {
            balance = Credited(balance, Start.AddDays(30 + (31 * number / 30_000.0)), $"late-{number}");
        }
        Assert.False(balance.Keys.TryGet(BalanceRules.KeyOf(Root, Key("remembered")), out _));
        Assert.InRange(balance.Keys.Count, 30_000, 35_000);
    }

    [Fact, Trait("Spec", "WA-1")]
    public void Points_that_were_spent_cannot_be_taken_back_below_zero()
    {
        var balance = Credited(Balance.Empty, Start, "k");
        var notice = new RefundNotice(
            PurchaseId.Of(0, 1),
            Of(10),
            500,
            "Sorry",
            Start,
            "wallet/m@3",
            "wallet/m",
            OfTip: false
        );

        var refunded = BalanceRules.Decide(balance, notice, Start);

        Assert.Equal((0, Of(110), 0), (refunded.PointsTaken, refunded.After.Available, refunded.After.LoyaltyPoints));
    }

    private static Balance Credited(Balance balance, DateTimeOffset at, string key)
    {
        var command = new CreditBalance(Root, Of(100), "Top-up", Key(key));
        return BalanceRules.Evolve(balance, BalanceRules.Decide(balance, command, at).Value!);
    }
}
