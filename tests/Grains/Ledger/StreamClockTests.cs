using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;
using Actors.Grains.Wallets;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Ledger;

public sealed class StreamClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact, Trait("Spec", "WA-3")]
    public void Nothing_happens_before_what_has_happened_when_the_clock_is_set_back()
    {
        var clock = default(StreamClock).With(Start);

        Assert.Equal(Start, clock.TimeOf(Start.AddDays(-40)));
        Assert.Equal(Start.AddTicks(1), clock.TimeOf(Start.AddTicks(1)));
        Assert.Equal(clock, clock.With(Start));
    }

    [Fact, Trait("Spec", "PM-7")]
    public void A_clock_that_leaps_forward_ages_what_is_remembered_by_an_hour_and_not_by_its_leap()
    {
        var before = default(StreamClock).With(Start);
        var leapt = before.With(Start.AddYears(3));

        Assert.Equal(TimeSpan.FromHours(1), leapt.Lived - before.Lived);
        Assert.Equal(Start.AddYears(3), leapt.At);
    }

    [Fact, Trait("Spec", "PM-7")]
    public void A_key_is_known_after_the_clock_was_forty_days_ahead_for_a_while()
    {
        var balance = Credited(Balance.Empty, Start, "first");
        balance = Credited(balance, Start.AddDays(40), "while ahead");
        balance = Credited(balance, balance.Clock.TimeOf(Start.AddMinutes(1)), "right again");

        Assert.True(balance.Keys.TryGet(BalanceRules.KeyOf(Root, Key("first")), out var version));
        Assert.Equal(2, version);
        Assert.Equal(Start.AddDays(40), balance.Clock.At);
    }

    private static Balance Credited(Balance balance, DateTimeOffset at, string key)
    {
        if (balance.Account is null)
        {
            balance = BalanceRules.Evolve(balance, new BalanceOpened(at, balance.Amounts, 1));
        }
        var credit = new CreditBalance(Root, Of(1), "Top-up", Key(key));
        return BalanceRules.Evolve(balance, BalanceRules.Decide(balance, credit, at).Value!);
    }
}
