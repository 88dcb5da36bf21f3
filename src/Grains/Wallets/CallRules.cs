using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>Everything that is decided about tokens held for private calls. Pure: knows no grain, no clock, no storage.</summary>
public static class CallRules
{
    public static Outcome<CallHeld> Decide(Balance balance, HoldForCall command, DateTimeOffset now) =>
        command.Tokens.Count is < 1 or > Tokens.MaxCount ? LedgerRefusals.InvalidTokens
        : balance.Restricted ? IdentityRefusals.Restricted
        : balance.Account is null || balance.Amounts.Available < command.Tokens ? LedgerRefusals.InsufficientBalance
        : new CallHeld(
            now,
            balance.Amounts.Hold(command.Tokens),
            new HeldCall(
                PurchaseId.Of(balance.Account.Value, balance.Version + 1),
                command.PaymentId,
                command.BookingId,
                command.ModelId,
                command.Tokens
            )
        );

    /// <summary>Null when nothing of it is held: at least one token stays until the hold is settled.</summary>
    public static CallReduced? Decide(Balance balance, CallReduction reduction, DateTimeOffset now) =>
        balance.Calls.TryGetValue(reduction.PaymentId, out var call) && reduction.Released < call.Tokens
            ? new CallReduced(
                now,
                balance.Amounts.Settled(Tokens.None, reduction.Released, 0),
                call with
                {
                    Tokens = call.Tokens - reduction.Released,
                },
                reduction.Released,
                reduction.Reason
            )
            : null;

    /// <summary>Null when the hold has ended already: it is settled at most once, whatever arrives.</summary>
    public static CallSettled? Decide(Balance balance, CallSettlement settlement, DateTimeOffset now)
    {
        if (!balance.Calls.TryGetValue(settlement.PaymentId, out var call))
        {
            return null;
        }
        var captured = settlement.Captured < call.Tokens ? settlement.Captured : call.Tokens;
        var released = call.Tokens - captured;
        return new CallSettled(
            now,
            balance.Amounts.Settled(captured, released, 0),
            call,
            captured,
            released,
            settlement.Reason
        );
    }

    public static CallCorrected Decide(Balance balance, CallCorrection correction, DateTimeOffset now) =>
        new(now, balance.Amounts, correction);

    /// <summary>The name of a hold among the keys, which never meets one of the user's own.</summary>
    public static ulong KeyOf(string paymentId) => Fingerprint.Of("call", paymentId);

    public static CallHold Receipt(CallHeld held) =>
        new(held.Call.Id, held.Call.PaymentId, held.Call.Tokens, held.After.Available, held.At);

    /// <summary>What a repeat is answered: the same, unless the payment is another one than it was.</summary>
    public static Outcome<CallHold> Repeated(BalanceEvent @event, HoldForCall command) =>
        @event is CallHeld held
        && held.Call.PaymentId == command.PaymentId
        && held.Call.Tokens == command.Tokens
        && held.Call.ModelId == command.ModelId
            ? Receipt(held)
            : LedgerRefusals.IdempotencyKeyReused;

    /// <summary>What has come of it for the performer; null when nothing has.</summary>
    public static SoldCall Sold(HeldCall call) => new(call.Id, call.PaymentId, call.BookingId);
}
