using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>Everything that is decided about a wallet. Pure: knows no grain, no clock, no storage.</summary>
public static class WalletRules
{
    /// <summary>How long sales are gathered before the model is told of them.</summary>
    public static readonly TimeSpan AnnounceAfter = TimeSpan.FromMinutes(1);

    public static TokensEarned Decide(Wallet wallet, Earning earning, DateTimeOffset now) =>
        new(now, wallet.Tokens + earning.Tokens, earning);

    public static Outcome<WalletEvent> Decide(Wallet wallet, RefundPurchase command, DateTimeOffset now) =>
        Pay(wallet, command.Tokens, command.FromPlatform) is not var (left, byPlatform)
            ? LedgerRefusals.InsufficientWallet
            : new RefundGranted(
                now,
                left,
                command.Sold,
                command.UserId,
                command.Tokens,
                command.Points,
                command.Actor,
                command.Reason,
                byPlatform,
                command.Key
            );

    public static Outcome<WalletEvent> Decide(Wallet wallet, ReturnTip command, DateTimeOffset now) =>
        Pay(wallet, command.Tokens, command.FromPlatform) is not var (left, byPlatform)
            ? LedgerRefusals.InsufficientWallet
            : new TipReturned(
                now,
                left,
                command.TipId,
                command.UserId,
                command.Tokens,
                command.Actor,
                command.Reason,
                byPlatform,
                command.Key
            );

    /// <summary>Null when the call was given back already.</summary>
    public static CallReturned? Decide(Wallet wallet, ReturnCall command, DateTimeOffset now) =>
        wallet.Refunds.TryGet(KeyOf(command.Call.CallId), out _)
        || Pay(wallet, command.Tokens, platformMay: true) is not var (left, byPlatform)
            ? null
            : new CallReturned(now, left, command.Call, command.UserId, command.Tokens, command.Reason, byPlatform);

    public static Outcome<TokensPaidOut> Decide(Wallet wallet, PayOut command, DateTimeOffset now)
    {
        var reason = MoneyText.Reason(command.Reason);
        return reason is null ? LedgerRefusals.InvalidReason
            : command.Tokens.Count is < 1 or > Tokens.MaxCount ? LedgerRefusals.InvalidTokens
            : wallet.Tokens < command.Tokens ? LedgerRefusals.InsufficientWallet
            : new TokensPaidOut(
                now,
                wallet.Tokens - command.Tokens,
                command.Tokens,
                command.Actor,
                reason,
                command.Key
            );
    }

    public static SalesAnnounced? DecideAnnouncement(Wallet wallet, DateTimeOffset now) =>
        AnnounceAt(wallet) <= now
            ? new SalesAnnounced(now, wallet.Tokens, wallet.Unannounced.Count, wallet.Unannounced.Tokens)
            : null;

    public static DateTimeOffset? AnnounceAt(Wallet wallet) => wallet.Unannounced.Since + AnnounceAfter;

    public static Wallet Evolve(Wallet wallet, WalletEvent @event)
    {
        if (@event is TokensEarned earned)
        {
            return Earned(wallet, earned);
        }
        var moved = wallet with
        {
            Version = wallet.Version + 1,
            Clock = wallet.Clock.With(@event.At),
            Tokens = @event.After,
        };
        return @event switch
        {
            WalletOpened opened => moved with { Account = opened.Account },
            IReturn returned => Remember(moved, returned.Actor, returned.Key) with
            {
                Refunded = returned.FromPlatform ? wallet.Refunded : wallet.Refunded + returned.Tokens,
                Issued = returned.FromPlatform ? wallet.Issued + returned.Tokens : wallet.Issued,
                Refunds = wallet.Refunds.With(KeyOf(returned.Of), moved.Version, returned.At),
            },
            TokensPaidOut paid => Remember(moved, paid.Actor, paid.Key) with { PaidOut = wallet.PaidOut + paid.Tokens },
            SalesAnnounced => moved with { Unannounced = UnannouncedSales.None },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    public static ulong KeyOf(Actor actor, IdempotencyKey key) => Fingerprint.Of($"{actor.Role}/{actor.Id}", key.Value);

    public static ulong KeyOf(PurchaseId purchase) => Fingerprint.Of("purchase", purchase.ToString());

    /// <summary>Copies the state once: this is what nearly all events are.</summary>
    private static Wallet Earned(Wallet wallet, TokensEarned earned) =>
        wallet with
        {
            Version = wallet.Version + 1,
            Clock = wallet.Clock.With(earned.At),
            Tokens = earned.After,
            Earned = wallet.Earned + earned.Earning.Tokens,
            Unannounced = earned.Earning.Kind is EarningKind.Tip or EarningKind.Call
                ? wallet.Unannounced
                : wallet.Unannounced.With(earned.Earning.Tokens, earned.At),
        };

    private static Wallet Remember(Wallet moved, Actor actor, IdempotencyKey key)
    {
        var lived = moved.Clock.Lived;
        return moved with
        {
            Keys = moved
                .Keys.ForgetBefore(lived - IdempotencyKey.KeptFor)
                .With(KeyOf(actor, key), moved.Version, lived),
        };
    }

    /// <summary>What the wallet holds afterwards, and whether the platform pays; null when nobody does.</summary>
    private static (Tokens Left, bool ByPlatform)? Pay(Wallet wallet, Tokens tokens, bool platformMay) =>
        wallet.Tokens >= tokens ? (wallet.Tokens - tokens, false)
        : platformMay ? (wallet.Tokens, true)
        : null;
}
