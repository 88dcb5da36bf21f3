using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Wallets;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// One balance: after every event it is what its events add up to and nothing is below zero; each key is one event; each
/// answer is what that event says, and each reading the balance as it was.
/// </summary>
internal sealed class BalanceOracle(Book<BalanceEvent, ExpectedBalance> book, Evidence evidence)
{
    /// <summary>Nothing that clients ask for costs more.</summary>
    private const long Costliest = 40;

    private readonly List<string> _violations = [];

    public IEnumerable<string> Check()
    {
        foreach (var (version, @event) in book.Entries)
        {
            CheckEvent(@event, version);
        }
        var operations = evidence.OperationsOn(book.Stream);
        var keyed = new KeyedEvents(book.Stream, book.Events.Select(KeyOf), KeyOf, AsksFor, _violations);
        keyed.Check(book.Stream, operations, _violations);
        CheckRefusals(operations);
        var oracle = new StreamOracle<ExpectedBalance>(
            book.Stream,
            book.States,
            (operation, count) => Shows(operation, keyed.VersionOf(operation), count),
            keyed.VersionOf
        );
        // A refusal is about what was decided, also when that never became durable.
        _violations.AddRange(oracle.Check(operations.Where(static operation => operation.Answer == Answer.Done)));
        return _violations;
    }

    public static ScopedKey? KeyOf(BalanceEvent @event) =>
        @event switch
        {
            TokensCredited e => Scoped(e.Actor, e.Key),
            TokensDebited e => Scoped(e.Actor, e.Key),
            TipSent e => new ScopedKey("", e.Key),
            ItemPurchased e => new ScopedKey("", e.Key),
            ItemHeld e => new ScopedKey("", e.Key),
            _ => null,
        };

    public static ScopedKey? KeyOf(Operation operation) =>
        operation.Command switch
        {
            CreditBalance command => Scoped(command.Actor, command.Key),
            DebitBalance command => Scoped(command.Actor, command.Key),
            SendTip command => new ScopedKey("", command.Key),
            PurchaseItem command => new ScopedKey("", command.Key),
            _ => null,
        };

    public static ScopedKey Scoped(Actor actor, IdempotencyKey key) => new($"{actor.Role}/{actor.Id}", key);

    private bool AsksFor(Operation operation, int version) =>
        (operation.Command, book.Events[version - 1]) switch
        {
            (CreditBalance asked, TokensCredited e) => (e.Tokens, e.Reason) == (asked.Tokens, asked.Reason),
            (DebitBalance asked, TokensDebited e) => (e.Tokens, e.Reason) == (asked.Tokens, asked.Reason),
            (SendTip asked, TipSent e) => (e.ModelId, e.Tokens, e.Message)
                == (asked.ModelId.Value, asked.Tokens, asked.Message),
            (PurchaseItem asked, ItemPurchased e) => (e.Item.MenuId, e.Item.ItemId) == (asked.MenuId, asked.ItemId),
            (PurchaseItem asked, ItemHeld e) => (e.Item.MenuId, e.Item.ItemId) == (asked.MenuId, asked.ItemId),
            _ => false,
        };

    private void CheckEvent(BalanceEvent @event, long version)
    {
        var (before, after) = (book.States[(int)version - 1], book.States[(int)version]);
        if (after.Available < 0 || after.Held < 0 || after.Points < 0)
        {
            Add(version, $"takes what is not there: {after.Available} free, {after.Held} held, {after.Points} points");
        }
        if (!after.Fits(@event.After))
        {
            Add(version, $"says {@event.After}, but the events add up to {after.Available} free, {after.Held} held");
        }
        if (version > 1 && @event.At < book.Events[(int)version - 2].At)
        {
            Add(version, $"happened before the one before it: {@event.At:O}");
        }
        var isSound = @event switch
        {
            TipSent or ItemPurchased or ItemHeld or CallHeld when before.Restricted => false,
            CallHeld e => !before.Calls.ContainsKey(e.Call.PaymentId)
                && book.Events.OfType<CallHeld>().Count(one => one.Call.PaymentId == e.Call.PaymentId) == 1,
            CallReduced e => before.Calls.GetValueOrDefault(e.Call.PaymentId) - e.Released.Count is > 0 and var rest
                && rest == e.Call.Tokens.Count,
            CallSettled e => before.Calls.GetValueOrDefault(e.Call.PaymentId) == e.Captured.Count + e.Released.Count,
            TokensRefunded { OfCall: true } e => book.Events[(int)e.Id.Version - 1] is CallHeld held
                && e.Tokens.Count
                    <= book.Events.OfType<CallSettled>()
                        .Single(one => one.Call.PaymentId == held.Call.PaymentId)
                        .Captured.Count,
            TokensRefunded { OfTip: true } e => book.Events[(int)e.Id.Version - 1] is TipSent tip
                && (e.Tokens, e.PointsTaken) == (tip.Tokens, 0),
            HoldSettled e => before.Purchases.GetValueOrDefault(e.Id.Version) is { Status: PurchaseStatus.Pending } held
                && e.Captured.Count + e.Released.Count == held.Item.Tokens.Count
                && (e.Item, e.PurchasedAt) == (held.Item, held.At),
            TokensRefunded e => before.Purchases.GetValueOrDefault(e.Id.Version) is { Captured: > 0 } sold
                && e.Tokens.Count == sold.Captured
                && e.PointsTaken == Math.Min(sold.Points, before.Points),
            DeviceFailureNoted e => before.Purchases.ContainsKey(e.Id.Version),
            _ => true,
        };
        if (!isSound)
        {
            Add(version, $"is not sound: {@event}");
        }
    }

    /// <summary>Nobody is refused for want of tokens who had enough of them all the time.</summary>
    private void CheckRefusals(IReadOnlyList<Operation> operations)
    {
        var isCertain = operations.All(static operation => operation.Answer != Answer.Unknown);
        var first = operations.FirstOrDefault(static operation => operation.Value is CreditReceipt)?.Answered.Order;
        // Opened, then credited.
        if (isCertain && first is not null && book.States.Skip(2).All(static state => state.Available >= Costliest))
        {
            _violations.AddRange(
                from operation in operations
                where operation.Asked.Order > first
                where operation.Refusal?.Code == LedgerRefusals.InsufficientBalanceCode
                select $"{operation} was refused for want of tokens, of which there were enough at all times"
            );
        }
    }

    private bool Shows(Operation operation, int? version, int count) =>
        operation.Value switch
        {
            CreditReceipt receipt => version is { } at
                && book.Events[at - 1] is TokensCredited e
                && receipt
                    == new CreditReceipt(book.TransferOf(at), e.Tokens, Tokens.Of(book.States[at].Available), e.At),
            DebitReceipt receipt => version is { } at
                && book.Events[at - 1] is TokensDebited e
                && receipt
                    == new DebitReceipt(book.TransferOf(at), e.Tokens, Tokens.Of(book.States[at].Available), e.At),
            TipReceipt receipt => version is { } at
                && book.Events[at - 1] is TipSent e
                && receipt
                    == new TipReceipt(
                        book.TransferOf(at),
                        e.ModelId,
                        e.Tokens,
                        Tokens.Of(book.States[at].Available),
                        e.At,
                        IdOf(at)
                    ),
            PurchaseReceipt receipt => version is { } at && receipt == ReceiptOf(book.Events[at - 1], at),
            BalanceView view => book.States[count].Fits(view),
            PurchaseView view => book.States[count].Purchases.GetValueOrDefault(view.PurchaseId.Version)?.Fits(view)
                is true,
            PurchasePage page => ShowsPage(page, (ReadPurchases)operation.Command, book.States[count]),
            StatementPage page => ShowsStatement(page, ((ReadStatement)operation.Command).Limit, count),
            _ => false,
        };

    private PurchaseReceipt? ReceiptOf(BalanceEvent @event, int version)
    {
        var id = IdOf(version);
        return @event switch
        {
            ItemPurchased e => new PurchaseReceipt(id, e.Item.Tokens, e.Item.Points, null, null),
            ItemHeld e => new PurchaseReceipt(id, e.Item.Tokens, e.Item.Points, e.Position, e.WaitMinutes),
            _ => null,
        };
    }

    private PurchaseId IdOf(int version) => PurchaseId.Of(book.Events.OfType<BalanceOpened>().First().Account, version);

    private static bool ShowsPage(PurchasePage page, ReadPurchases asked, ExpectedBalance balance)
    {
        ExpectedPurchase[] expected = [.. balance.Purchases.Values.Reverse().Skip(asked.Offset).Take(asked.Limit)];
        return page.Total == balance.Purchases.Count
            && page.Purchases.Count == expected.Length
            && expected.Zip(page.Purchases).All(static pair => pair.First.Fits(pair.Second));
    }

    /// <summary>Each movement by a name of its own, with what was there after it.</summary>
    private bool ShowsStatement(StatementPage page, int limit, int count)
    {
        var expected = new List<(long Position, int Part, long Tokens, long Available, long Held, long Points)>();
        for (var version = count; version > 0; version--)
        {
            expected.AddRange(MovementsOf(version));
        }
        return expected
                .Take(limit)
                .SequenceEqual(
                    page.Movements.Select(static move =>
                        (
                            move.Position,
                            move.Part,
                            move.Tokens.Count,
                            move.Available.Count,
                            move.Held.Count,
                            move.LoyaltyPoints
                        )
                    )
                )
            && page.Next is null == expected.Count <= limit
            && page.Movements.DistinctBy(static move => move.Number).Count() == page.Movements.Count;
    }

    /// <summary>Newest first: what is released of a hold comes after what is captured of it.</summary>
    private IEnumerable<(long Position, int Part, long Tokens, long Available, long Held, long Points)> MovementsOf(
        int version
    )
    {
        var after = book.States[version];
        var (captured, released) = book.Events[version - 1] switch
        {
            HoldSettled settled => (settled.Captured.Count, settled.Released.Count),
            CallSettled settled => (settled.Captured.Count, settled.Released.Count),
            _ => (0, 0),
        };
        if (captured > 0 && released > 0)
        {
            yield return (version, 1, released, after.Available, after.Held, after.Points);
            yield return (version, 0, captured, after.Available - released, after.Held + released, after.Points);
        }
        else if (TokensOf(book.Events[version - 1]) is > 0 and var tokens)
        {
            yield return (version, 0, tokens, after.Available, after.Held, after.Points);
        }
    }

    private static long TokensOf(BalanceEvent @event) =>
        @event switch
        {
            TokensCredited e => e.Tokens.Count,
            TokensDebited e => e.Tokens.Count,
            TipSent e => e.Tokens.Count,
            ItemPurchased e => e.Item.Tokens.Count,
            ItemHeld e => e.Item.Tokens.Count,
            HoldSettled e => e.Captured.Count + e.Released.Count,
            CallHeld e => e.Call.Tokens.Count,
            CallReduced e => e.Released.Count,
            CallSettled e => e.Captured.Count + e.Released.Count,
            TokensRefunded e => e.Tokens.Count,
            _ => 0,
        };

    private void Add(long version, string what) => _violations.Add($"event {version} of {book.Stream} {what}");
}
