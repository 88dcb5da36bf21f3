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

    public static Outcome<RefundGranted> Decide(Wallet wallet, RefundPurchase command, DateTimeOffset now)
    {
        var fromWallet = wallet.Tokens >= command.Tokens;
        if (!fromWallet && !command.FromPlatform)
        {
            return LedgerRefusals.InsufficientWallet;
        }
        return new RefundGranted(
            now,
            fromWallet ? wallet.Tokens - command.Tokens : wallet.Tokens,
            command.Sold,
            command.UserId,
            command.Tokens,
            command.Points,
            command.Actor,
            command.Reason,
            !fromWallet,
            command.Key
        );
    }

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
        var moved = wallet with { Version = wallet.Version + 1, Tokens = @event.After };
        return @event switch
        {
            WalletOpened opened => moved with { Account = opened.Account },
            RefundGranted granted => Remember(moved, granted.Actor, granted.Key, granted.At) with
            {
                Refunded = granted.FromPlatform ? wallet.Refunded : wallet.Refunded + granted.Tokens,
                Issued = granted.FromPlatform ? wallet.Issued + granted.Tokens : wallet.Issued,
                Refunds = wallet.Refunds.With(KeyOf(granted.Sold.PurchaseId), moved.Version, granted.At),
            },
            TokensPaidOut paid => Remember(moved, paid.Actor, paid.Key, paid.At) with
            {
                PaidOut = wallet.PaidOut + paid.Tokens,
            },
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
            Tokens = earned.After,
            Earned = wallet.Earned + earned.Earning.Tokens,
            Unannounced =
                earned.Earning.Kind == EarningKind.Tip
                    ? wallet.Unannounced
                    : wallet.Unannounced.With(earned.Earning.Tokens, earned.At),
        };

    private static Wallet Remember(Wallet wallet, Actor actor, IdempotencyKey key, DateTimeOffset at) =>
        wallet with
        {
            Keys = wallet.Keys.ForgetBefore(at - IdempotencyKey.KeptFor).With(KeyOf(actor, key), wallet.Version, at),
        };
}
