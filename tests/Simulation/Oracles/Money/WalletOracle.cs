using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// One wallet: after every event it is what its events add up to and never below zero; a purchase is refunded at most once,
/// by one answer; sales are announced once each.
/// </summary>
internal sealed class WalletOracle(Book<WalletEvent, ExpectedWallet> book, Books books, Evidence evidence)
{
    private readonly List<string> _violations = [];

    public IEnumerable<string> Check()
    {
        foreach (var (version, @event) in book.Entries)
        {
            if (book.States[(int)version].Tokens is var tokens && (tokens < 0 || tokens != @event.After.Count))
            {
                _violations.Add($"event {version} of {book.Stream} says {@event.After}, but they add up to {tokens}");
            }
        }
        CheckOnce(book.Events.OfType<IReturn>().Select(static returned => returned.Of), "refunded");
        foreach (
            var (earlier, later) in book
                .Events.Zip(book.Events.Skip(1))
                .Where(static two => two.Second.At < two.First.At)
        )
        {
            _violations.Add($"{later} of {book.Stream} happened before {earlier}");
        }
        CheckAnnouncements();
        var operations = evidence.OperationsOn(book.Stream);
        var keyed = new KeyedEvents(book.Stream, book.Events.Select(KeyOf), KeyOf, AsksFor, _violations);
        CheckKeys(keyed, operations);
        var oracle = new StreamOracle<ExpectedWallet>(
            book.Stream,
            book.States,
            (operation, count) => Shows(operation, keyed.VersionOf(operation), count),
            operation => operation.Command is PayOut ? keyed.VersionOf(operation) : null
        );
        _violations.AddRange(oracle.Check(operations.Where(static operation => operation.Answer == Answer.Done)));
        return _violations;
    }

    private static ScopedKey? KeyOf(WalletEvent @event) =>
        @event switch
        {
            IReturn e => BalanceOracle.Scoped(e.Actor, e.Key),
            TokensPaidOut e => BalanceOracle.Scoped(e.Actor, e.Key),
            _ => null,
        };

    private static ScopedKey? KeyOf(Operation operation) =>
        operation.Command switch
        {
            PayOut command => BalanceOracle.Scoped(command.Actor, command.Key),
            TipBack { Request: var request } => BalanceOracle.Scoped(request.Actor, request.Key),
            RefundOf { Request: var request } => BalanceOracle.Scoped(request.Actor, request.Key),
            _ => null,
        };

    private bool AsksFor(Operation operation, int version) =>
        (operation.Command, book.Events[version - 1]) switch
        {
            (PayOut asked, TokensPaidOut e) => (e.Tokens, e.Reason) == (asked.Tokens, asked.Reason),
            (RefundOf { Request: var asked } refund, RefundGranted e) => (e.Sold.PurchaseId, e.UserId, e.Reason)
                == (asked.PurchaseId, refund.UserId, asked.Reason)
                && (asked.FromPlatform || !e.FromPlatform),
            (TipBack { Request: var asked } back, TipReturned e) => (e.TipId, e.UserId, e.Reason)
                == (asked.PurchaseId, back.UserId, asked.Reason)
                && (asked.FromPlatform || !e.FromPlatform),
            _ => false,
        };

    private void CheckKeys(KeyedEvents keyed, IReadOnlyList<Operation> operations)
    {
        // A refund may have been decided by the queue, which has keys of its own.
        keyed.Check(
            book.Stream,
            [
                .. operations.Where(static operation =>
                    operation.Command is not RefundOf
                    || operation.Refusal?.Code != LedgerRefusals.IdempotencyKeyReusedCode
                ),
            ],
            _violations
        );
    }

    private void CheckOnce<T>(IEnumerable<T> all, string what)
        where T : notnull
    {
        var seen = new HashSet<T>();
        _violations.AddRange(
            all.Where(one => !seen.Add(one)).Select(one => $"{one} was {what} twice by {book.Stream}")
        );
    }

    private void CheckAnnouncements()
    {
        var sold = book
            .Events.OfType<TokensEarned>()
            .Where(static e => e.Earning.Kind is not (EarningKind.Tip or EarningKind.Call))
            .ToArray();
        var announced = book.Events.OfType<SalesAnnounced>().ToArray();
        if (
            announced.Sum(static e => e.Count) != sold.Length
            || announced.Sum(static e => e.Tokens.Count) != sold.Sum(static e => e.Earning.Tokens.Count)
        )
        {
            _violations.Add($"{book.Stream} made {sold.Length} sales and announced {announced.Sum(e => e.Count)}");
        }
    }

    private bool Shows(Operation operation, int? version, int count) =>
        operation.Value switch
        {
            PayoutReceipt receipt => version is { } at
                && book.Events[at - 1] is TokensPaidOut e
                && receipt == new PayoutReceipt(book.TransferOf(at), e.Tokens, Tokens.Of(book.States[at].Tokens), e.At),
            RefundReceipt receipt when operation.Command is TipBack back => ReturnOf(back.Request.PurchaseId, count)
                == receipt,
            RefundReceipt receipt => ShowsRefund(receipt, (RefundOf)operation.Command, count),
            WalletView view => book.States[count].Fits(view),
            SalesReport report => report.Total == book.States[count].Sales,
            _ => false,
        };

    private RefundReceipt? ReturnOf(PurchaseId id, int count)
    {
        var entry = book.Entries.Take(count).FirstOrDefault(entry => entry.Event is IReturn e && e.Of == id);
        return entry.Event is IReturn given
            ? new RefundReceipt(
                id,
                book.TransferOf(entry.Version),
                given.Tokens,
                given.Points,
                given.Reason,
                given.FromPlatform,
                given.At
            )
            : null;
    }

    /// <summary>What the wallet gave back, or what the queue had not let go of.</summary>
    private bool ShowsRefund(RefundReceipt receipt, RefundOf asked, int count)
    {
        var id = asked.Request.PurchaseId;
        if (ReturnOf(id, count) is { } given)
        {
            return receipt == given;
        }
        var purchase = books
            .Balances.First(balance => balance.Owner == asked.UserId)
            .States[^1]
            .Purchases.GetValueOrDefault(id.Version);
        return purchase
                is { Immediate: false, Status: PurchaseStatus.Refunded, Resolution: not SettlementKind.Delivered }
            && (receipt.PurchaseId, receipt.Tokens.Count, receipt.PointsTaken, receipt.FromPlatform)
                == (id, purchase.Refunded, 0, false);
    }
}
