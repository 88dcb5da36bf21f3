using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Wallets;

namespace Actors.Grains.Purchases;

/// <summary>
/// Reads a user's purchases out of the balance's stream: each is its event and what has followed. It ends where the stream does,
/// whatever the balance says that there is.
/// </summary>
/// <param name="backward">Events before a version, newest first.</param>
internal sealed class PurchaseHistory(
    string userId,
    Func<long, int, Task<IReadOnlyList<(long Version, BalanceEvent Event)>>> backward
)
{
    /// <summary>Null when there is no purchase at this version.</summary>
    public async Task<PurchaseView?> FindAsync(Balance balance, PurchaseId id)
    {
        if (id.Account != balance.Account || id.Version > balance.Version)
        {
            return null;
        }
        var purchase = await ReadAsync(id.Version);
        return PurchaseViews.Begin(userId, purchase) is { } view ? await FollowedAsync(balance, view) : null;
    }

    /// <summary>Newest first.</summary>
    public Task<PurchasePage> PageAsync(Balance balance, int limit, int offset, PurchaseFilter filter) =>
        filter == PurchaseFilter.None ? PageAsync(balance, limit, offset) : SiftAsync(balance, limit, offset, filter);

    /// <summary>How a purchase stands is in no index: each is looked at, down to the oldest that can be meant.</summary>
    private async Task<PurchasePage> SiftAsync(Balance balance, int limit, int offset, PurchaseFilter filter)
    {
        var views = new List<PurchaseView>();
        var (before, looked, total) = (balance.Version + 1, 0, 0);
        var end = Math.Min(balance.Purchases.Count, PurchaseFilter.MostLookedAt);
        while (looked < end && before > 1)
        {
            foreach (var (version, @event) in await backward(before, PurchasePlaces.Every))
            {
                before = version;
                if (looked == end || PurchaseViews.Begin(userId, @event) is not { } made)
                {
                    continue;
                }
                looked++;
                if (made.CreatedAt < filter.From)
                {
                    return new PurchasePage(views, total);
                }
                var view = await FollowedAsync(balance, made);
                if (filter.Admits(view) && ++total > offset && views.Count < limit)
                {
                    views.Add(view);
                }
            }
        }
        return new PurchasePage(views, total);
    }

    private async Task<PurchasePage> PageAsync(Balance balance, int limit, int offset)
    {
        var wanted = balance.Purchases.Count - offset;
        var views = new List<PurchaseView>();
        if (wanted >= 1)
        {
            var (before, number) = balance.Purchases.StartFor(wanted, balance.Version);
            while (number >= 1 && views.Count < limit && before > 1)
            {
                foreach (var (version, @event) in await backward(before, PurchasePlaces.Every))
                {
                    before = version;
                    if (PurchaseViews.Begin(userId, @event) is { } view && number-- <= wanted && views.Count < limit)
                    {
                        views.Add(await FollowedAsync(balance, view));
                    }
                }
            }
        }
        return new PurchasePage(views, balance.Purchases.Count);
    }

    private async Task<PurchaseView> FollowedAsync(Balance balance, PurchaseView view)
    {
        var followers = new Stack<BalanceEvent>();
        long? version = balance.NewestAbout(view.PurchaseId);
        while (version is { } at && at != view.PurchaseId.Version)
        {
            var @event = await ReadAsync(at);
            followers.Push(@event);
            version = PurchaseViews.PreviousOf(@event);
        }
        return followers.Aggregate(view, PurchaseViews.After);
    }

    private async Task<BalanceEvent> ReadAsync(long version) => (await backward(version + 1, 1))[0].Event;
}
