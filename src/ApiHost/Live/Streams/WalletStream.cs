using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A model's wallet: every movement.</summary>
internal sealed class WalletStream(IGrainFactory grains) : ILiveStream
{
    public char Letter => 'w';

    public ILiveSource? Open(Caller caller) =>
        caller.Role == ActorRole.Model ? new Source(grains.GetGrain<IWalletGrain>(caller.Id)) : null;

    private sealed class Source(IWalletGrain wallet) : FollowedSource(wallet)
    {
        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var newest = Newest;
            var page = await wallet.Since(Movement.LastNumberOf(after), limit);
            var changes = page
                .Movements.Select(static movement =>
                    LiveMessages.Of(
                        movement.Position,
                        "wallet",
                        movement.At,
                        LiveMovement.OfWallet(movement),
                        LiveMovementJson.Default.LiveMovement
                    )
                )
                .ToList();
            return Statements.Page(page, changes, newest);
        }
    }
}
