using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A user's balance: every movement, and after it the purchases that it belongs to.</summary>
internal sealed class BalanceStream(IGrainFactory grains) : ILiveStream
{
    public char Letter => 'b';

    public ILiveSource? Open(Caller caller) =>
        caller.Role == ActorRole.User
            ? new Source(grains.GetGrain<IBalanceGrain>(caller.Id), grains.GetGrain<IPurchaserGrain>(caller.Id))
            : null;

    private sealed class Source(IBalanceGrain balance, IPurchaserGrain purchaser) : FollowedSource(balance)
    {
        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var newest = Newest;
            var page = await balance.Since(Movement.LastNumberOf(after), limit);
            var purchases = await FindAsync(page.Movements);
            var changes = new List<LiveChange>();
            foreach (var @event in page.Movements.GroupBy(static movement => movement.Position))
            {
                changes.AddRange(@event.Select(Moved));
                changes.AddRange(
                    @event
                        .Select(static movement => movement.PurchaseId)
                        .OfType<string>()
                        .Distinct()
                        .Where(purchases.ContainsKey)
                        .Select(id => Changed(@event.First(), purchases[id]))
                );
            }
            return Statements.Page(page, changes, newest);
        }

        private async Task<Dictionary<string, LivePurchase>> FindAsync(IEnumerable<Movement> movements)
        {
            var ids = movements.Select(static movement => movement.PurchaseId).OfType<string>().Distinct();
            var found = await Task.WhenAll(ids.Select(id => purchaser.Find(PurchaseId.Parse(id))));
            return found
                .Select(static one => one.Value)
                .OfType<PurchaseView>()
                .Select(LivePurchase.Of)
                .ToDictionary(static purchase => purchase.PurchaseId);
        }

        private static LiveChange Moved(Movement movement) =>
            LiveMessages.Of(
                movement.Position,
                "balance",
                movement.At,
                LiveMovement.OfBalance(movement),
                LiveMovementJson.Default.LiveMovement
            );

        private static LiveChange Changed(Movement cause, LivePurchase purchase) =>
            LiveMessages.Of(cause.Position, "purchase", cause.At, purchase, LiveMovementJson.Default.LivePurchase);
    }
}
