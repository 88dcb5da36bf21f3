using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;
using Actors.Grains.Queues;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>One queue: each entry ends once and as it may, each key is one end, and each answer shows the queue as it was.</summary>
internal sealed class QueueOracle(Book<QueueEvent, ExpectedQueue> book, Evidence evidence)
{
    private readonly List<string> _violations = [];

    public IEnumerable<string> Check()
    {
        foreach (var (version, @event) in book.Entries)
        {
            if (!IsSound(@event, book.States[(int)version - 1]))
            {
                _violations.Add($"event {version} of {book.Stream} is not sound: {@event}");
            }
        }
        if (book.States[^1].Entries is { IsEmpty: false } left)
        {
            _violations.Add($"{book.Stream} never ended {string.Join(", ", left)}");
        }
        var operations = evidence.OperationsOn(book.Stream);
        // A refund of what is still held is a rejection, asked for elsewhere.
        Operation[] ending =
        [
            .. operations,
            .. evidence
                .OperationsOn(Counter.Wallet(book.Owner))
                .Where(static operation =>
                    operation.Command is RefundOf && operation.Refusal?.Code != LedgerRefusals.IdempotencyKeyReusedCode
                ),
        ];
        var keyed = new KeyedEvents(book.Stream, book.Events.Select(KeyOf), KeyOf, AsksFor, _violations);
        keyed.Check(book.Stream, ending, _violations);
        Actor?[] actors = [.. book.Events.Select(ActorOf)];
        var authors = Authorship.Of(book.Stream, actors, operations, _violations);
        var oracle = new StreamOracle<ExpectedQueue>(
            book.Stream,
            book.States,
            (operation, count) => Shows(operation, keyed.VersionOf(operation), count),
            operation => keyed.VersionOf(operation) ?? authors.VersionOf(operation)
        );
        _violations.AddRange(oracle.Check(operations.Where(static operation => operation.Answer == Answer.Done)));
        return _violations;
    }

    private static Actor? ActorOf(QueueEvent @event) =>
        @event switch
        {
            EntryStarted e => e.Actor,
            QueuePaused e => e.Actor,
            QueueResumed e => e.Actor,
            _ => null,
        };

    private static ScopedKey? KeyOf(QueueEvent @event) =>
        @event is EntryEnded { Key: { } key } ended ? BalanceOracle.Scoped(ended.Actor, key) : null;

    private static ScopedKey? KeyOf(Operation operation) =>
        operation.Command switch
        {
            CompleteEntry command => BalanceOracle.Scoped(command.Actor, command.Key),
            RejectEntry command => BalanceOracle.Scoped(command.Actor, command.Key),
            CancelEntry command => BalanceOracle.Scoped(command.Actor, command.Key),
            RefundOf { Request: var request } => BalanceOracle.Scoped(request.Actor, request.Key),
            _ => null,
        };

    private bool AsksFor(Operation operation, int version)
    {
        var ended = (EntryEnded)book.Events[version - 1];
        return (ended.Entry.PurchaseId, ended.Kind, ended.DeliverPercent, ended.Reason)
            == operation.Command switch
            {
                CompleteEntry c => (c.PurchaseId, SettlementKind.Delivered, c.DeliverPercent, null),
                RejectEntry c => (c.PurchaseId, SettlementKind.Rejected, 0, c.Reason),
                CancelEntry c => (c.PurchaseId, SettlementKind.Cancelled, 0, null),
                RefundOf { Request: var r } => (r.PurchaseId, SettlementKind.Rejected, 0, r.Reason),
                _ => default,
            };
    }

    private static bool IsSound(QueueEvent @event, ExpectedQueue before) =>
        @event switch
        {
            EntryQueued e => before.Find(e.Entry.PurchaseId) is null,
            EntryStarted e => before.Find(e.Entry.PurchaseId) is { StartedAt: null } entry
                && e.Entry == entry with { StartedAt = e.At }
                && e.At < entry.ExpiresAt,
            EntryEnded e => before.Find(e.Entry.PurchaseId) is { } entry
                && e.Entry == entry
                && e.Kind switch
                {
                    SettlementKind.Delivered => entry.StartedAt is not null && e.DeliverPercent is >= 1 and <= 100,
                    SettlementKind.Cancelled => entry.StartedAt is null
                        && e.Actor.Id == entry.UserId
                        && e.DeliverPercent == 0,
                    _ => e.DeliverPercent == 0,
                }
                && e.Kind == SettlementKind.TimedOut == e.At >= entry.ExpiresAt,
            QueuePaused => !before.Paused,
            QueueResumed => before.Paused,
            _ => false,
        };

    private bool Shows(Operation operation, int? version, int count) =>
        operation.Value switch
        {
            FinishedEntry finished => version is { } at
                && book.Events[at - 1] is EntryEnded e
                && finished == FinishedOf(e),
            QueueEntry entry => book.States[count].Find(entry.PurchaseId) is { StartedAt: not null } started
                && entry.Status == EntryStatus.Started
                && Fits(entry, started),
            QueueView view => ShowsQueue(view, operation, book.States[count], count),
            _ => false,
        };

    public static FinishedEntry FinishedOf(EntryEnded e)
    {
        var captured = CapturedOf(e);
        return new FinishedEntry(
            e.Entry.PurchaseId,
            e.Kind,
            e.DeliverPercent,
            Tokens.Of(captured),
            Tokens.Of(e.Entry.Tokens.Count - captured),
            e.Entry.StartedAt,
            e.At
        );
    }

    /// <summary>The part that was delivered, rounded down, but never nothing for something.</summary>
    public static long CapturedOf(EntryEnded e) =>
        e.DeliverPercent == 0 ? 0 : Math.Max(1, e.Entry.Tokens.Count * e.DeliverPercent / 100);

    /// <summary>In order; what ran out of time while the answer was made may be there or not.</summary>
    private bool ShowsQueue(QueueView view, Operation operation, ExpectedQueue queue, int count)
    {
        var earliest = Moment.Earliest(operation.Asked, operation.Answered);
        var latest = Moment.Latest(operation.Asked, operation.Answered);
        var shown = view.Entries.ToDictionary(static entry => entry.PurchaseId);
        var user = (operation.Command as ReadQueue)?.UserId;
        QueuedEntry[] mine = [.. queue.InOrder.Where(entry => user is null || entry.UserId == user)];
        return view.Version == count
            && view.Paused == queue.Paused
            && view.ModelId == book.Owner
            && mine.All(entry =>
                shown.ContainsKey(entry.PurchaseId) ? entry.ExpiresAt > earliest : entry.ExpiresAt <= latest
            )
            && mine.Where(entry => shown.ContainsKey(entry.PurchaseId))
                .Select(static entry => entry.PurchaseId)
                .SequenceEqual(view.Entries.Select(static entry => entry.PurchaseId))
            && mine.All(entry => !shown.TryGetValue(entry.PurchaseId, out var seen) || Fits(seen, entry));
    }

    private static bool Fits(QueueEntry seen, QueuedEntry entry) =>
        (seen.UserId, seen.ItemId, seen.ItemName, seen.Tokens)
            == (entry.UserId, entry.ItemId, entry.ItemName, entry.Tokens)
        && (seen.QueuedAt, seen.StartedAt, seen.ExpiresAt) == (entry.QueuedAt, entry.StartedAt, entry.ExpiresAt);
}
