using System.Globalization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>How the events of a balance read in a statement: each with the side that gives and the side that takes.</summary>
public static class BalanceMovements
{
    public const string Platform = "platform";

    public const string HeldPart = "/held";

    /// <summary>Before the id of the booking.</summary>
    public const string CauseOfCall = "Private call ";

    /// <summary>What of a hold comes back when a part of it was captured: a transfer of its own.</summary>
    private const string RestPart = "/rest";

    /// <summary>The name of what an event moved, the same on both sides.</summary>
    public static string TransferOf(AccountId account, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{account}@{version}");

    public static IEnumerable<Movement> Of(string userId, BalanceEvent @event, long version)
    {
        var own = AccountId.OfUser(userId);
        var (me, held, transfer) = (own.ToString(), own + HeldPart, TransferOf(own, version));
        return @event switch
        {
            TokensCredited e => [Move(MovementKind.Credit, transfer, Platform, me, e.Tokens, null, e.Reason)],
            TokensDebited e => [Move(MovementKind.Debit, transfer, me, Platform, e.Tokens, null, e.Reason)],
            TipSent e => [Move(MovementKind.Tip, transfer, me, Wallet(e.ModelId), e.Tokens, null, e.Message)],
            ItemPurchased e =>
            [
                Move(MovementKind.Purchase, transfer, me, Wallet(e.Item.ModelId), e.Item.Tokens, e.Id, e.Item.Name),
            ],
            ItemHeld e => [Move(MovementKind.Hold, transfer, me, held, e.Item.Tokens, e.Id, e.Item.Name)],
            HoldSettled e => Ended(
                MovementKind.Capture,
                (e.Item.ModelId, e.Item.Name, e.Reason),
                e.Id,
                e.Captured,
                e.Released
            ),
            CallHeld e => [Move(MovementKind.Hold, transfer, me, held, e.Call.Tokens, null, CallCause(e.Call))],
            CallReduced e => [Move(MovementKind.Release, transfer, held, me, e.Released, null, e.Reason)],
            CallSettled e => Ended(
                MovementKind.Call,
                (e.Call.ModelId, CallCause(e.Call), e.Reason),
                null,
                e.Captured,
                e.Released
            ),
            TokensRefunded e =>
            [
                Move(
                    MovementKind.Refund,
                    e.Transfer,
                    e.From,
                    me,
                    e.Tokens,
                    e.OfTip == true || e.OfCall == true ? null : e.Id,
                    e.Reason
                ),
            ],
            _ => [],
        };

        IEnumerable<Movement> Ended(
            MovementKind kind,
            (string ModelId, string Name, string? Reason) what,
            PurchaseId? id,
            Tokens captured,
            Tokens released
        )
        {
            var isPartial = captured > Tokens.None && released > Tokens.None;
            if (captured > Tokens.None)
            {
                var capture = Move(kind, transfer, held, Wallet(what.ModelId), captured, id, what.Name);
                // The rest is still held after this one.
                yield return capture with
                {
                    Available = capture.Available - released,
                    Held = capture.Held + released,
                };
            }
            if (released > Tokens.None)
            {
                var name = isPartial ? transfer + RestPart : transfer;
                var release = Move(MovementKind.Release, name, held, me, released, id, what.Reason ?? what.Name);
                yield return isPartial ? release with { Part = 1 } : release;
            }
        }

        Movement Move(
            MovementKind kind,
            string name,
            string from,
            string to,
            Tokens tokens,
            PurchaseId? purchase,
            string? cause
        ) =>
            new(
                version,
                @event.At,
                kind,
                name,
                from,
                to,
                tokens,
                purchase?.ToString(),
                cause,
                @event.After.Available,
                @event.After.Held,
                @event.After.LoyaltyPoints
            );
    }

    private static string CallCause(HeldCall call) => CauseOfCall + call.BookingId;

    private static string Wallet(string modelId) => AccountId.OfModel(modelId).ToString();
}
