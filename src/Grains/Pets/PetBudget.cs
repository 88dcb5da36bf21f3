using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Pets;

/// <param name="Used">Of the day, with what is set aside.</param>
/// <param name="Open">What is set aside, by the number of the reservation.</param>
/// <param name="Reserved">The number of the newest reservation.</param>
public sealed record PetBudget(DateOnly Day, long Used, ImmutableDictionary<long, long> Open, long Reserved)
{
    public static readonly PetBudget Fresh = new(DateOnly.MinValue, 0, ImmutableDictionary<long, long>.Empty, 0);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PetTokensReserved), "pet-budget.reserved.v1")]
[JsonDerivedType(typeof(PetTokensSettled), "pet-budget.settled.v1")]
public abstract record PetBudgetEvent(DateTimeOffset At);

/// <param name="Day">Whose budget it is taken from.</param>
public sealed record PetTokensReserved(DateTimeOffset At, DateOnly Day, long Reservation, long Tokens)
    : PetBudgetEvent(At);

/// <param name="Used">What the call really took.</param>
public sealed record PetTokensSettled(DateTimeOffset At, long Reservation, long Used) : PetBudgetEvent(At);

/// <summary>Everything that is decided about the budget of a user's pets. Pure.</summary>
public static class PetBudgetRules
{
    /// <summary>Null when the day has not so much left.</summary>
    public static PetTokensReserved? DecideReservation(PetBudget budget, long tokens, long perDay, DateTimeOffset now)
    {
        var day = DayOf(budget, now);
        return tokens <= 0 || UsedOn(budget, day) > perDay - tokens
            ? null
            : new PetTokensReserved(now, day, budget.Reserved + 1, tokens);
    }

    /// <summary>Null when there is nothing to settle.</summary>
    public static PetTokensSettled? DecideSettlement(
        PetBudget budget,
        long reservation,
        long used,
        DateTimeOffset now
    ) => budget.Open.ContainsKey(reservation) ? new PetTokensSettled(now, reservation, Math.Max(0, used)) : null;

    public static long UsedOn(PetBudget budget, DateTimeOffset now) => UsedOn(budget, DayOf(budget, now));

    public static PetBudget Evolve(PetBudget budget, PetBudgetEvent @event) =>
        @event switch
        {
            PetTokensReserved reserved => Add(
                reserved.Day == budget.Day ? budget : PetBudget.Fresh with { Day = reserved.Day },
                reserved
            ),
            PetTokensSettled settled => budget with
            {
                Used = budget.Used - budget.Open[settled.Reservation] + settled.Used,
                Open = budget.Open.Remove(settled.Reservation),
            },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static PetBudget Add(PetBudget budget, PetTokensReserved reserved) =>
        budget with
        {
            Used = budget.Used + reserved.Tokens,
            Open = budget.Open.Add(reserved.Reservation, reserved.Tokens),
            Reserved = reserved.Reservation,
        };

    private static long UsedOn(PetBudget budget, DateOnly day) => day == budget.Day ? budget.Used : 0;

    /// <summary>A clock that is set back brings no day back.</summary>
    private static DateOnly DayOf(PetBudget budget, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return today > budget.Day ? today : budget.Day;
    }
}
