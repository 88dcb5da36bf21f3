using System.Collections.Immutable;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Ledger;

namespace Actors.Grains.Activity;

/// <summary>
/// Counts what an account has moved, when somebody looks: a purchase does not know of it. The account is read from the newest
/// movement on that was counted before.
/// </summary>
internal sealed class MovementCount(IGrainFactory grains)
{
    public const int AtOnce = 500;

    /// <summary>Null when there is nothing new.</summary>
    /// <param name="firstShown">What is older is of no interest.</param>
    public async Task<MovementsCounted?> NextAsync(
        AccountId account,
        long upTo,
        DateTimeOffset firstShown,
        DateTimeOffset now
    )
    {
        var after = upTo > 0 ? upTo : await NewestBeforeAsync(account, firstShown);
        var page = await grains.MovementsSinceAsync(account, after, AtOnce);
        if (page.Movements.Count == 0)
        {
            return null;
        }
        var days = ImmutableArray<ActivityDay>.Empty;
        foreach (var movement in page.Movements)
        {
            if (movement.At >= firstShown && LedgerActivity.CategoryOf(account.Kind, movement.Kind) is { } category)
            {
                days = ActivityRules.Add(days, category, movement.At);
            }
        }
        return new MovementsCounted(now, page.Movements[^1].Number, days);
    }

    private async Task<long> NewestBeforeAsync(AccountId account, DateTimeOffset time)
    {
        var page = await grains.StatementAsync(account, null, 1, new StatementFilter(Until: time));
        return page.Movements is [var newest] ? newest.Number : 0;
    }
}
