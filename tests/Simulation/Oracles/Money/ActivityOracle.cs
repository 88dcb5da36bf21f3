using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Activity;
using Actors.Grains.Conversations;
using Actors.Grains.Transactions;
using Actors.Grains.Wallets;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// What happened is in a person's activity once: what clients said, each change of a transaction, an hour of chat, a sign-in for a day; and
/// the account's movements are counted once, each.
/// </summary>
internal sealed class ActivityOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var changes = evidence
            .StreamsOf("transaction")
            .SelectMany(stream => Read<TransactionEvent>(evidence, stream))
            .Select(ToldOf)
            .OfType<(string UserId, string Action)>()
            .Concat(evidence.StreamsOf("conversation").SelectMany(stream => ChatsIn(stream, evidence)))
            .ToArray();
        return evidence.StreamsOf("activity").SelectMany(stream => CheckStream(stream, changes, evidence));
    }

    private static List<string> CheckStream(string stream, (string UserId, string Action)[] changes, Evidence evidence)
    {
        var violations = new List<string>();
        var user = stream["activity/".Length..];
        var events = Read<ActivityEvent>(evidence, stream);
        var operations = evidence.OperationsOn(stream);
        var authors = Authorship.Of(stream, [.. events.Select(AuthorOf)], operations, violations);
        foreach (var lost in operations.Where(IsLogged).Where(operation => authors.VersionOf(operation) is null))
        {
            violations.Add($"{lost} was acknowledged and is lost");
        }
        var told = events
            .OfType<ActivityLogged>()
            .Where(static e => e.Actor.Role == ActorRole.System)
            .Select(static e => e.Entry.Action)
            .Order()
            .ToArray();
        var caused = changes.Where(change => change.UserId == user).Select(static change => change.Action).Order();
        if (!caused.SequenceEqual(told))
        {
            violations.Add($"{stream} was told [{string.Join(", ", told)}], caused by [{string.Join(", ", caused)}]");
        }
        var days = events.OfType<PersonSignedIn>().Select(static e => e.At.UtcDateTime.Date).ToArray();
        if (days.Zip(days.Skip(1)).Any(static pair => pair.First == pair.Second))
        {
            violations.Add($"{stream} has two sign-ins in a row on one day: {string.Join(", ", days)}");
        }
        CheckMovements(stream, user, events, evidence, violations);
        return violations;
    }

    private static void CheckMovements(
        string stream,
        string user,
        ActivityEvent[] events,
        Evidence evidence,
        List<string> violations
    )
    {
        var movements = Read<BalanceEvent>(evidence, $"balance/{user}")
            .SelectMany((@event, index) => BalanceMovements.Of(user, @event, index + 1))
            .Where(static movement => movement.Kind is not (MovementKind.Hold or MovementKind.Release))
            .ToArray();
        var before = 0L;
        foreach (var counted in events.OfType<MovementsCounted>())
        {
            var first = counted.At.UtcDateTime.Date.AddDays(1 - IActivityGrain.KeptDays);
            var expected = movements.Count(movement =>
                movement.Number > before && movement.Number <= counted.UpTo && movement.At.UtcDateTime >= first
            );
            var sum = counted.Days.Sum(static day => day.Hours.Sum());
            if (sum != expected || counted.UpTo <= before)
            {
                violations.Add(
                    $"{stream} counts {sum} movements after {before} up to {counted.UpTo}, where the account has {expected}"
                );
            }
            before = counted.UpTo;
        }
    }

    /// <summary>One for each hour in which the user has written, as long as hours go on.</summary>
    private static IEnumerable<(string UserId, string Action)> ChatsIn(string stream, Evidence evidence)
    {
        var id = ConversationId.Parse(stream["conversation/".Length..]);
        var last = long.MinValue;
        foreach (var sent in Read<ConversationEvent>(evidence, stream).OfType<MessageSent>())
        {
            var hour = sent.At.ToUnixTimeMilliseconds() / 3_600_000;
            if (sent.Sender == MessageSender.User && hour > last)
            {
                last = hour;
                yield return (id.UserId, "chat");
            }
        }
    }

    private static (string UserId, string Action)? ToldOf(TransactionEvent @event) =>
        @event switch
        {
            TransactionRecorded e => (e.UserId, "transaction_recorded"),
            TransactionConfirmed e => (e.Facts.UserId, "transaction_confirmed"),
            TransactionFailed e => (e.Facts.UserId, "transaction_failed"),
            _ => null,
        };

    private static bool IsLogged(Operation operation) => operation is { Answer: Answer.Done, Command: LogActivity };

    private static Actor? AuthorOf(ActivityEvent @event) =>
        @event is ActivityLogged { Actor: { Role: not ActorRole.System } actor } ? actor : null;

    private static TEvent[] Read<TEvent>(Evidence evidence, string stream) =>
        [.. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<TEvent>(recorded))];
}
