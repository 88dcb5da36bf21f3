using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>
/// What commands are answered, made from the event alone: so a repeat years later, after any number of restarts, gets the
/// same answer. The same key with other content is refused.
/// </summary>
public static class BalanceReceipts
{
    public static CreditReceipt Of(string userId, long version, TokensCredited credited) =>
        new(Transfer(userId, version), credited.Tokens, credited.After.Available, credited.At);

    public static DebitReceipt Of(string userId, long version, TokensDebited debited) =>
        new(Transfer(userId, version), debited.Tokens, debited.After.Available, debited.At);

    public static TipReceipt Of(string userId, PurchaseId id, TipSent tip) =>
        new(Transfer(userId, id.Version), tip.ModelId, tip.Tokens, tip.After.Available, tip.At, id);

    public static Outcome<CreditReceipt> Repeated(
        string userId,
        long version,
        BalanceEvent @event,
        CreditBalance command
    ) =>
        @event is TokensCredited credited
        && credited.Tokens == command.Tokens
        && MoneyText.IsSame(credited.Reason, MoneyText.Reason(command.Reason))
        && credited.Key == command.Key
            ? Of(userId, version, credited)
            : LedgerRefusals.IdempotencyKeyReused;

    public static Outcome<DebitReceipt> Repeated(
        string userId,
        long version,
        BalanceEvent @event,
        DebitBalance command
    ) =>
        @event is TokensDebited debited
        && debited.Tokens == command.Tokens
        && debited.Reason == MoneyText.Reason(command.Reason)
        && debited.Key == command.Key
            ? Of(userId, version, debited)
            : LedgerRefusals.IdempotencyKeyReused;

    public static Outcome<TipReceipt> Repeated(string userId, PurchaseId id, BalanceEvent @event, SendTip command) =>
        @event is TipSent tip
        && tip.ModelId == command.ModelId.Value
        && tip.Tokens == command.Tokens
        && MoneyText.IsSame(tip.Message, BalanceRules.MessageOf(command).Kept)
        && tip.Key == command.Key
            ? Of(userId, id, tip)
            : LedgerRefusals.IdempotencyKeyReused;

    private static string Transfer(string userId, long version) =>
        BalanceMovements.TransferOf(AccountId.OfUser(userId), version);
}
