using System.Globalization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>How the events of a balance read in a statement: each with the side that gives and the side that takes.</summary>
public static class BalanceMovements
{
    public const string Platform = "platform";

    public const string HeldPart = "/held";

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
            TipSent e => [Move(MovementKind.Tip, transfer, me, Wallet(e.ModelId), e.Tokens, null, e.Message)],
            ItemPurchased e =>
            [
                Move(MovementKind.Purchase, transfer, me, Wallet(e.Item.ModelId), e.Item.Tokens, e.Id, e.Item.Name),
            ],
            ItemHeld e => [Move(MovementKind.Hold, transfer, me, held, e.Item.Tokens, e.Id, e.Item.Name)],
            HoldSettled e => Settled(e),
            PurchaseRefunded e => [Move(MovementKind.Refund, e.Transfer, e.From, me, e.Tokens, e.Id, e.Reason)],
            _ => [],
        };

        IEnumerable<Movement> Settled(HoldSettled e)
        {
            if (e.Captured > Tokens.None)
            {
                yield return Move(
                    MovementKind.Capture,
                    transfer,
                    held,
                    Wallet(e.Item.ModelId),
                    e.Captured,
                    e.Id,
                    e.Item.Name
                );
            }
            if (e.Released > Tokens.None)
            {
                yield return Move(MovementKind.Release, transfer, held, me, e.Released, e.Id, e.Reason ?? e.Item.Name);
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

    private static string Wallet(string modelId) => AccountId.OfModel(modelId).ToString();
}
