using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Wallets;

/// <summary>How the events of a wallet read in a statement: each with the side that gives and the side that takes.</summary>
public static class WalletMovements
{
    public static IEnumerable<Movement> Of(string modelId, WalletEvent @event, long version)
    {
        var own = AccountId.OfModel(modelId);
        var (me, transfer) = (own.ToString(), BalanceMovements.TransferOf(own, version));
        return @event switch
        {
            TokensEarned e => [Earned(e.Earning)],
            // What the platform paid is no movement of this wallet.
            IReturn { FromPlatform: true } => [],
            IReturn e =>
            [
                Move(
                    MovementKind.Refund,
                    transfer,
                    me,
                    AccountId.OfUser(e.UserId).ToString(),
                    e.Tokens,
                    (e as RefundGranted)?.Sold.PurchaseId,
                    e.Reason
                ),
            ],
            TokensPaidOut e =>
            [
                Move(MovementKind.Payout, transfer, me, BalanceMovements.Platform, e.Tokens, null, e.Reason),
            ],
            _ => [],
        };

        Movement Earned(Earning earning)
        {
            var kind = earning.Kind switch
            {
                EarningKind.Tip => MovementKind.Tip,
                EarningKind.Capture => MovementKind.Capture,
                EarningKind.Call => MovementKind.Call,
                _ => MovementKind.Purchase,
            };
            var from =
                AccountId.OfUser(earning.UserId)
                + (kind is MovementKind.Capture or MovementKind.Call ? BalanceMovements.HeldPart : "");
            return Move(
                kind,
                earning.Transfer,
                from,
                me,
                earning.Tokens,
                earning.Purchase?.PurchaseId,
                earning.Call is { } call
                    ? BalanceMovements.CauseOfCall + call.BookingId
                    : earning.Purchase?.Name ?? earning.Note
            );
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
                @event.After,
                Tokens.None,
                0
            );
    }

    /// <summary>The side that gives the tokens of a refund.</summary>
    public static string PayerOf(string modelId, IReturn returned) =>
        returned.FromPlatform ? BalanceMovements.Platform : AccountId.OfModel(modelId).ToString();

    /// <summary>What sales reports count; null for everything else.</summary>
    public static Sale? SaleOf(WalletEvent @event) =>
        @event switch
        {
            TokensEarned { Earning: { Purchase: { } sold } earning } => new Sale(
                earning.At,
                sold,
                earning.Tokens.Count,
                earning.Kind == EarningKind.Purchase,
                IsRefund: false
            ),
            // The model keeps what the platform gave back in her or his stead.
            RefundGranted e => new Sale(
                e.At,
                e.Sold,
                e.FromPlatform ? 0 : -e.Tokens.Count,
                Immediate: false,
                IsRefund: true
            ),
            _ => null,
        };
}
