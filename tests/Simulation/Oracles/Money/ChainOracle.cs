using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A transaction is recorded once and ends once, and its lists hold what it is and nothing else.</summary>
internal sealed class ChainOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var transactions = evidence
            .StreamsOf("transaction")
            .ToDictionary(static stream => stream, stream => Read<TransactionEvent>(evidence, stream));
        return
        [
            .. transactions.SelectMany(entry => CheckTransaction(entry.Key, entry.Value, evidence)),
            .. evidence
                .StreamsOf("transaction-list")
                .SelectMany(stream => CheckList(stream, transactions.Values, evidence)),
        ];
    }

    private static List<string> CheckTransaction(string stream, TransactionEvent[] events, Evidence evidence)
    {
        var violations = new List<string>();
        var operations = evidence.OperationsOn(stream);
        var authors = Authorship.Of(stream, [.. events.Select(ActorOf)], operations, violations);
        var (recorded, ends) = (events.Count(static e => e is TransactionRecorded), events.Count(IsEnd));
        if (recorded > 1 || ends > 1 || (events.Length > 0 && events[0] is not TransactionRecorded))
        {
            violations.Add($"{stream} was recorded {recorded} times and ended {ends} times");
        }
        var states = new List<TransactionView?> { null };
        foreach (var @event in events)
        {
            states.Add(After(states[^1], @event));
        }
        var oracle = new StreamOracle<TransactionView?>(
            stream,
            states,
            (operation, count) => Fits(operation, states[count]),
            authors.VersionOf
        );
        violations.AddRange(oracle.Check(operations));
        return violations;
    }

    private static IEnumerable<string> CheckList(
        string stream,
        IEnumerable<TransactionEvent[]> transactions,
        Evidence evidence
    )
    {
        var key = stream["transaction-list/".Length..];
        var expected = transactions
            .SelectMany(static events => events)
            .Select(static @event =>
                @event switch
                {
                    TransactionRecorded e => (Facts: e.Facts, Status: TransactionStatus.Pending),
                    TransactionConfirmed e => (Facts: e.Facts, Status: TransactionStatus.Confirmed),
                    TransactionFailed e => (Facts: e.Facts, Status: TransactionStatus.Failed),
                    _ => (Facts: null!, Status: default(TransactionStatus)),
                }
            )
            .Where(change => change.Facts is not null && KeysOf(change.Facts).Contains(key))
            .Select(static change => (change.Facts.Hash.Value, change.Status))
            .Order()
            .ToArray();
        var listed = Read<TransactionListEvent>(evidence, stream)
            .Select(static @event => (@event.Change.Hash.Value, @event.Change.Status))
            .ToArray();
        if (!expected.SequenceEqual(listed.Order()))
        {
            yield return $"{stream} holds [{string.Join(", ", listed)}], caused by [{string.Join(", ", expected)}]";
        }
        var hashes = listed
            .Where(static one => one.Status == TransactionStatus.Pending)
            .Select(static one => one.Value);
        foreach (var told in evidence.OperationsOn(stream).Select(static one => one.Value).OfType<ToldTransactions>())
        {
            var shown = told.Entries.Entries.Select(static entry => entry.Hash.Value).Reverse();
            var pending = told.Summary.Count(null, TransactionStatus.Pending);
            if (!shown.SequenceEqual(hashes) || pending != (2 * hashes.Count()) - listed.Length)
            {
                yield return $"{stream} was told as {told.Entries} with {pending} pending, which it is not";
            }
        }
    }

    /// <summary>As the contract says, in words of its own: the person, both addresses, and both as the person's.</summary>
    private static string[] KeysOf(TransactionFacts facts) =>
        [
            $"user.{facts.UserId}",
            $"address.{facts.From}",
            $"address.{facts.To}",
            $"user.{facts.UserId}.{facts.From}",
            $"user.{facts.UserId}.{facts.To}",
        ];

    private static bool Fits(Operation operation, TransactionView? now) =>
        operation.Command switch
        {
            ReadTransaction => Equals(operation.Value, now),
            RecordTransaction record => FitsRecord(operation, record, now),
            SettleTransaction settle => FitsSettle(operation, settle, now),
            _ => false,
        };

    private static bool FitsRecord(Operation operation, RecordTransaction record, TransactionView? now)
    {
        var isSame =
            now is not null
            && (record.From, record.To, record.Amount, record.Network, record.UserId)
                == (now.From, now.To, now.Amount, now.Network, now.UserId);
        return operation.Refusal?.Code switch
        {
            null => isSame
                && operation.Value is TransactionView { Status: TransactionStatus.Pending } told
                && told.Timestamp == now!.Timestamp,
            TransactionRefusals.TransactionExistsCode => now is not null && !isSame,
            TransactionRefusals.InvalidAmountCode => record.Amount == "0",
            _ => false,
        };
    }

    private static bool FitsSettle(Operation operation, SettleTransaction settle, TransactionView? now)
    {
        var isSame =
            now is not null
            && (settle.Status, settle.BlockNumber, settle.GasUsed, settle.GasFee, settle.Error)
                == (now.Status, now.BlockNumber, now.GasUsed, now.GasFee, now.Error);
        return operation.Refusal?.Code switch
        {
            null => isSame && Equals(operation.Value, now),
            TransactionRefusals.TransactionNotFoundCode => now is null,
            TransactionRefusals.TransactionSettledCode => now is { Status: not TransactionStatus.Pending } && !isSame,
            _ => false,
        };
    }

    private static TransactionView? After(TransactionView? before, TransactionEvent @event) =>
        @event switch
        {
            TransactionRecorded e => new TransactionView(
                e.Hash,
                e.From,
                e.To,
                e.Amount,
                e.Token,
                e.Network,
                e.Kind,
                TransactionStatus.Pending,
                e.At,
                e.UserId,
                e.PetId,
                e.Metadata
            ),
            TransactionConfirmed e => before! with
            {
                Status = TransactionStatus.Confirmed,
                BlockNumber = e.BlockNumber,
                GasUsed = e.GasUsed,
                GasFee = e.GasFee,
                SettledAt = e.At,
            },
            TransactionFailed e => before! with
            {
                Status = TransactionStatus.Failed,
                Error = e.Error,
                SettledAt = e.At,
            },
            _ => before,
        };

    private static bool IsEnd(TransactionEvent @event) => @event is TransactionConfirmed or TransactionFailed;

    /// <summary>What a node has led to was asked for by nobody.</summary>
    private static Actor? ActorOf(TransactionEvent @event)
    {
        var actor = @event switch
        {
            TransactionRecorded e => e.Actor,
            TransactionConfirmed e => e.Actor,
            TransactionFailed e => e.Actor,
            _ => null,
        };
        return actor?.Role == ActorRole.System ? null : actor;
    }

    private static TEvent[] Read<TEvent>(Evidence evidence, string stream) =>
        [.. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<TEvent>(recorded))];
}
