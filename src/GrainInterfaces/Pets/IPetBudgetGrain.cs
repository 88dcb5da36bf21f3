using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Pets;

/// <summary>
/// How many tokens of a language service one user's pets may use in one day of UTC; the key is the user's id. What a call may need
/// is set aside before it, and what it really took is put in its place afterwards; a call that nothing is heard of has taken all.
/// </summary>
[Alias("IPetBudgetGrain")]
public interface IPetBudgetGrain : IGrainWithStringKey
{
    /// <summary>The number of the reservation; null when the day has not so much left.</summary>
    Task<long?> Reserve(long tokens);

    /// <summary>A reservation of a day that is over, or one that was settled, stays as it is.</summary>
    Task Settle(long reservation, long used);

    /// <summary>Used and set aside today.</summary>
    [ReadOnly]
    Task<long> Used();
}
