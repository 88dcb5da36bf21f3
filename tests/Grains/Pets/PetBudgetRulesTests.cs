using Actors.Grains.Pets;

namespace Actors.Grains.Tests.Pets;

[Trait("Spec", "PE-2")]
public sealed class PetBudgetRulesTests
{
    private const long PerDay = 1_000;

    private static readonly DateTimeOffset Evening = new(2026, 3, 1, 23, 59, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_set_aside_never_exceeds_the_day_however_many_ask_before_anything_is_settled()
    {
        var budget = PetBudget.Fresh;
        for (var number = 1; number <= 3; number++)
        {
            budget = PetBudgetRules.Evolve(budget, Reserve(budget, 300)!);
        }

        Assert.Null(Reserve(budget, 101));
        Assert.Equal(1_000, PetBudgetRules.UsedOn(PetBudgetRules.Evolve(budget, Reserve(budget, 100)!), Evening));
        Assert.Null(Reserve(PetBudget.Fresh, PerDay + 1));
        Assert.Null(Reserve(budget, long.MaxValue));
        Assert.Null(Reserve(budget, 0));
    }

    [Fact]
    public void What_was_really_used_takes_the_place_of_what_was_set_aside_once()
    {
        var budget = PetBudgetRules.Evolve(PetBudget.Fresh, Reserve(PetBudget.Fresh, 900)!);
        budget = PetBudgetRules.Evolve(budget, Settle(budget, 1, 120)!);

        Assert.Equal(120, PetBudgetRules.UsedOn(budget, Evening));
        Assert.Null(Settle(budget, 1, 0));
        Assert.Null(Settle(budget, 2, 0));
    }

    [Fact]
    public void A_service_that_has_taken_more_than_was_set_aside_is_counted_as_it_says_and_never_below_nothing()
    {
        var budget = PetBudgetRules.Evolve(PetBudget.Fresh, Reserve(PetBudget.Fresh, 10)!);

        Assert.Equal(5_000, PetBudgetRules.Evolve(budget, Settle(budget, 1, 5_000)!).Used);
        Assert.Equal(0, PetBudgetRules.Evolve(budget, Settle(budget, 1, -5)!).Used);
    }

    [Fact]
    public void Each_day_of_utc_has_a_budget_of_its_own_and_a_clock_set_back_brings_none_back()
    {
        var budget = PetBudgetRules.Evolve(PetBudget.Fresh, Reserve(PetBudget.Fresh, PerDay)!);
        var midnight = Evening.AddMinutes(1);

        Assert.Null(Reserve(budget, 1, midnight.AddTicks(-1)));
        var next = PetBudgetRules.Evolve(budget, Reserve(budget, PerDay, midnight)!);
        Assert.Null(Reserve(next, 1, midnight));
        Assert.Null(Reserve(next, 1, Evening));
        // What was set aside yesterday is yesterday's.
        Assert.Null(Settle(next, 1, 0));
        Assert.Equal(0, PetBudgetRules.UsedOn(next, midnight.AddDays(1)));
    }

    private static PetTokensReserved? Reserve(PetBudget budget, long tokens, DateTimeOffset? now = null) =>
        PetBudgetRules.DecideReservation(budget, tokens, PerDay, now ?? Evening);

    private static PetTokensSettled? Settle(PetBudget budget, long reservation, long used) =>
        PetBudgetRules.DecideSettlement(budget, reservation, used, Evening);
}
