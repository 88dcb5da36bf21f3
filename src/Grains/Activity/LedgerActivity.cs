using System.Buffers;
using System.Text;
using System.Text.Json;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Activity;

/// <summary>How movements of the ledger read as activity of the account's owner. What is only held is none yet.</summary>
internal static class LedgerActivity
{
    private static readonly (
        AccountKind Account,
        MovementKind Kind,
        ActivityCategory Category,
        string Action
    )[] Known =
    [
        (AccountKind.Balance, MovementKind.Purchase, ActivityCategory.Purchase, "menu_purchase"),
        (AccountKind.Balance, MovementKind.Capture, ActivityCategory.Purchase, "menu_purchase"),
        (AccountKind.Balance, MovementKind.Tip, ActivityCategory.Wallet, "tip"),
        (AccountKind.Balance, MovementKind.Refund, ActivityCategory.Wallet, "refund"),
        (AccountKind.Balance, MovementKind.Credit, ActivityCategory.Wallet, "credit"),
        (AccountKind.Balance, MovementKind.Debit, ActivityCategory.Wallet, "debit"),
        (AccountKind.Balance, MovementKind.Call, ActivityCategory.Purchase, "private_call"),
        (AccountKind.Wallet, MovementKind.Purchase, ActivityCategory.Wallet, "sale"),
        (AccountKind.Wallet, MovementKind.Capture, ActivityCategory.Wallet, "sale"),
        (AccountKind.Wallet, MovementKind.Tip, ActivityCategory.Wallet, "tip_received"),
        (AccountKind.Wallet, MovementKind.Refund, ActivityCategory.Wallet, "refund_given"),
        (AccountKind.Wallet, MovementKind.Call, ActivityCategory.Wallet, "call_earned"),
        (AccountKind.Wallet, MovementKind.Payout, ActivityCategory.Wallet, "payout"),
    ];

    /// <summary>Null for a movement that is no activity.</summary>
    public static ActivityCategory? CategoryOf(AccountKind account, MovementKind kind) =>
        Array.FindIndex(Known, one => one.Account == account && one.Kind == kind) is >= 0 and var index
            ? Known[index].Category
            : null;

    public static IReadOnlyList<MovementKind> KindsOf(AccountKind account, ListActivity query) =>
        query.PetId is not null
            ? []
            :
            [
                .. Known
                    .Where(one => one.Account == account)
                    .Where(one => (query.Category ?? one.Category) == one.Category)
                    .Where(one => (query.Action ?? one.Action) == one.Action)
                    .Select(static one => one.Kind),
            ];

    public static ActivityView View(AccountKind account, Movement movement)
    {
        var known = Array.Find(Known, one => one.Account == account && one.Kind == movement.Kind);
        return new ActivityView(
            movement.Transfer,
            movement.At,
            new ActivityEntry(known.Category, known.Action, Details: DetailsOf(movement)),
            ActorRole.System,
            null,
            null
        );
    }

    private static string DetailsOf(Movement movement)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("tokens"u8, movement.Tokens.Count);
            json.WriteString("from"u8, movement.From);
            json.WriteString("to"u8, movement.To);
            json.WriteString("transfer"u8, movement.Transfer);
            if (movement.PurchaseId is { } purchase)
            {
                json.WriteString("purchaseId"u8, purchase);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
