using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Where commands with an idempotency key are handed in: once, or again and again until an answer comes.</summary>
internal static class Counter
{
    public static readonly Actor Admin = new(ActorRole.Admin, "admin1");

    /// <summary>The key of the next command. No two are the same, because nobody else asks in between.</summary>
    public static IdempotencyKey NewKey(Seat seat) =>
        IdempotencyKey.Parse($"key {seat.Observations.Operations.Count + 1}");

    public static string Balance(string user) => $"balance/{user}";

    public static string Wallet(string model) => $"wallet/{model}";

    public static string Queue(string model) => $"queue/{model}";

    public static bool HasKey(object command) =>
        command
            is CreditBalance
                or DebitBalance
                or TipBack
                or SendTip
                or PurchaseItem
                or PayOut
                or RefundOf
                or CompleteEntry
                or RejectEntry
                or CancelEntry;

    public static string OwnerOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Repeats a command whose outcome is unknown until it is known; a few lose patience before.</summary>
    public static async Task<Operation> AskUntilToldAsync(Seat seat, string stream, object command)
    {
        var operation = await AskAsync(seat, stream, command);
        while (operation.Answer == Answer.Unknown && !seat.Chance.OneIn(20))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            operation = await AskAsync(seat, stream, command);
        }
        return operation;
    }

    public static Task<Operation> AskAsync(Seat seat, string stream, object command)
    {
        var owner = OwnerOf(stream);
        return command switch
        {
            CreditBalance credit => seat.AskAsync(
                stream,
                _ => credit,
                (grains, asked) => grains.GetGrain<IBalanceGrain>(owner).Credit(asked)
            ),
            DebitBalance debit => seat.AskAsync(
                stream,
                _ => debit,
                (grains, asked) => grains.GetGrain<IBalanceGrain>(owner).Debit(asked)
            ),
            TipBack back => seat.AskAsync(
                stream,
                _ => back,
                (grains, asked) => grains.GetGrain<IPurchaserGrain>(asked.UserId).RefundTip(asked.Request)
            ),
            SendTip tip => seat.AskAsync(
                stream,
                _ => tip,
                (grains, asked) => grains.GetGrain<IBalanceGrain>(owner).Tip(asked)
            ),
            PurchaseItem purchase => seat.AskAsync(
                stream,
                _ => purchase,
                (grains, asked) => grains.GetGrain<IPurchaserGrain>(owner).Purchase(asked)
            ),
            PayOut payout => seat.AskAsync(
                stream,
                _ => payout,
                (grains, asked) => grains.GetGrain<IWalletGrain>(owner).PayOut(asked)
            ),
            RefundOf refund => seat.AskAsync(
                stream,
                _ => refund,
                (grains, asked) => grains.GetGrain<IPurchaserGrain>(asked.UserId).Refund(asked.Request)
            ),
            CompleteEntry complete => seat.AskAsync(
                stream,
                _ => complete,
                (grains, asked) => grains.GetGrain<IQueueGrain>(owner).Complete(asked)
            ),
            RejectEntry reject => seat.AskAsync(
                stream,
                _ => reject,
                (grains, asked) => grains.GetGrain<IQueueGrain>(owner).Reject(asked)
            ),
            CancelEntry cancel => seat.AskAsync(
                stream,
                _ => cancel,
                (grains, asked) => grains.GetGrain<IQueueGrain>(owner).Cancel(asked)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "It has no key."),
        };
    }
}

/// <summary>A tip given back, asked of the giver's grain and decided by the wallet.</summary>
internal sealed record TipBack(string UserId, RequestRefund Request);

/// <summary>A refund, asked of the buyer's grain and decided by whoever has the tokens.</summary>
internal sealed record RefundOf(string UserId, RequestRefund Request);
