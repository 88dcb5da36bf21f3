using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;
using Actors.Grains.Texts;

namespace Actors.Grains.Wallets;

/// <summary>Everything that is decided about a balance but purchases. Pure: knows no grain, no clock, no storage.</summary>
public static class BalanceRules
{
    public const int MaxTipMessageLength = 200;

    public static Outcome<TokensCredited> Decide(Balance balance, CreditBalance command, DateTimeOffset now)
    {
        var reason = MoneyText.Reason(command.Reason);
        var holds = balance.Amounts.Available + balance.Amounts.Held + command.Tokens;
        return reason is null ? LedgerRefusals.InvalidReason
            : command.Tokens.Count is < 1 or > Tokens.MaxCount || holds.Count > Tokens.MaxCount
                ? LedgerRefusals.InvalidTokens
            : new TokensCredited(
                now,
                balance.Amounts.Credited(command.Tokens),
                command.Tokens,
                reason,
                command.Actor,
                command.Key
            );
    }

    public static Outcome<TokensDebited> Decide(Balance balance, DebitBalance command, DateTimeOffset now)
    {
        var reason = MoneyText.Reason(command.Reason);
        return reason is null ? LedgerRefusals.InvalidReason
            : command.Tokens.Count is < 1 or > Tokens.MaxCount ? LedgerRefusals.InvalidTokens
            : balance.Amounts.Available < command.Tokens ? LedgerRefusals.InsufficientBalance
            : new TokensDebited(
                now,
                balance.Amounts.Spent(command.Tokens),
                command.Tokens,
                reason,
                command.Actor,
                command.Key
            );
    }

    /// <summary>Null when it is so already.</summary>
    public static SpendingRestricted? DecideRestricted(Balance balance, bool restricted, DateTimeOffset now) =>
        balance.Restricted == restricted ? null : new SpendingRestricted(now, balance.Amounts, restricted);

    public static Outcome<TipSent> Decide(Balance balance, SendTip command, DateTimeOffset now) =>
        command.Tokens.Count is < 1 or > Tokens.MaxCount ? LedgerRefusals.InvalidTokens
        : MessageOf(command).IsTooLong ? WalletRefusals.InvalidTipMessage
        : balance.Restricted ? IdentityRefusals.Restricted
        : balance.Account is null || balance.Amounts.Available < command.Tokens ? LedgerRefusals.InsufficientBalance
        : new TipSent(
            now,
            balance.Amounts.Spent(command.Tokens),
            command.ModelId.Value,
            command.Tokens,
            MessageOf(command).Kept,
            command.Key
        );

    public static PlainText MessageOf(SendTip command) => PlainText.Read(command.Message, MaxTipMessageLength);

    public static TokensRefunded Decide(Balance balance, RefundNotice notice, DateTimeOffset now)
    {
        var points = Math.Min(notice.Points, balance.Amounts.LoyaltyPoints);
        return new TokensRefunded(
            now,
            balance.Amounts.Refunded(notice.Tokens, points),
            notice.PurchaseId,
            notice.Transfer,
            notice.From,
            notice.Tokens,
            points,
            notice.Reason,
            balance.NewestAbout(notice.PurchaseId),
            notice.OfTip ? true : null,
            notice.OfCall ? true : null
        );
    }

    public static Balance Evolve(Balance balance, BalanceEvent @event)
    {
        if (@event is ItemPurchased purchased)
        {
            return Bought(balance, purchased, purchased.Item, purchased.Key);
        }
        var version = balance.Version + 1;
        var moved = balance with { Version = version, Clock = balance.Clock.With(@event.At), Amounts = @event.After };
        return @event switch
        {
            BalanceOpened opened => moved with { Account = opened.Account },
            TokensCredited credited => moved with
            {
                Issued = balance.Issued + credited.Tokens,
                Keys = Remember(moved, KeyOf(credited.Actor, credited.Key)),
            },
            TokensDebited debited => moved with
            {
                Redeemed = balance.Redeemed + debited.Tokens,
                Keys = Remember(moved, KeyOf(debited.Actor, debited.Key)),
            },
            SpendingRestricted changed => moved with { Restricted = changed.Restricted },
            TipSent tip => moved with { Keys = Remember(moved, KeyOf(tip.Key)) },
            TokensRefunded refunded => moved with
            {
                Outcomes = balance.Outcomes.With((ulong)refunded.Id.Version, version, refunded.At),
            },
            ItemHeld held => Bought(balance, held, held.Item, held.Key) with
            {
                Holds = balance.Holds.Add(version, new Hold(held.At, held.Item)),
            },
            HoldSettled settled => moved with
            {
                Holds = balance.Holds.Remove(settled.Id.Version),
                Outcomes = balance.Outcomes.With((ulong)settled.Id.Version, version, settled.At),
            },
            DeviceFailureNoted noted => moved with
            {
                Outcomes = balance.Outcomes.With((ulong)noted.Id.Version, version, noted.At),
            },
            CallHeld held => moved with
            {
                Calls = balance.Calls.Add(held.Call.PaymentId, held.Call),
                Keys = Remember(moved, CallRules.KeyOf(held.Call.PaymentId)),
            },
            CallReduced reduced => moved with { Calls = balance.Calls.SetItem(reduced.Call.PaymentId, reduced.Call) },
            CallCorrected => moved,
            CallSettled settled => moved with { Calls = balance.Calls.Remove(settled.Call.PaymentId) },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    /// <summary>The user's own keys: one name for one command, whichever it is.</summary>
    public static ulong KeyOf(IdempotencyKey key) => Fingerprint.Of("", key.Value);

    /// <summary>Keys of others, which never meet the user's own.</summary>
    public static ulong KeyOf(Actor actor, IdempotencyKey key) => Fingerprint.Of($"{actor.Role}/{actor.Id}", key.Value);

    /// <summary>Copies the state once: this is what nearly all events are.</summary>
    private static Balance Bought(Balance balance, BalanceEvent @event, BoughtItem item, IdempotencyKey key)
    {
        var (version, clock) = (balance.Version + 1, balance.Clock.With(@event.At));
        return balance with
        {
            Version = version,
            Clock = clock,
            Amounts = @event.After,
            Today = balance.Today.With(item.ItemId, @event.At),
            Purchases = balance.Purchases.With(version),
            Keys = Remember(balance.Keys, KeyOf(key), version, clock),
        };
    }

    private static NumberMap Remember(Balance moved, ulong fingerprint) =>
        Remember(moved.Keys, fingerprint, moved.Version, moved.Clock);

    private static NumberMap Remember(NumberMap keys, ulong fingerprint, long version, StreamClock clock) =>
        keys.ForgetBefore(clock.Lived - IdempotencyKey.KeptFor).With(fingerprint, version, clock.Lived);
}
