using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Conversations;
using Actors.Grains.MoodMessages;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// Every mood message that was taken in comes to one end: it is in its conversation once, not before its time, or has failed and
/// says why. Boxes and counts say what the messages say.
/// </summary>
internal sealed class MoodMessageOracle : IOracle
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(5);

    public IEnumerable<string> Check(Evidence evidence)
    {
        var messages = evidence
            .StreamsOf("mood-message")
            .ToDictionary(
                static stream => stream["mood-message/".Length..],
                stream => Read<MoodMessageEvent>(evidence, stream)
            );
        return
        [
            .. messages.SelectMany(one => CheckMessage(one.Key, one.Value, evidence)),
            .. CheckBoxes(messages, evidence),
            .. CheckCounts(messages, evidence),
            .. CheckFeeds(messages, evidence),
            .. CheckEscalations(messages, evidence),
        ];
    }

    private static List<string> CheckMessage(string id, MoodMessageEvent[] events, Evidence evidence)
    {
        var violations = new List<string>();
        var stream = MoodMessageWorkload.StreamOf(id);
        var operations = evidence.OperationsOn(stream);
        var states = new List<MoodMessage> { MoodMessage.None };
        foreach (var @event in events)
        {
            states.Add(MoodMessageRules.Evolve(states[^1], @event));
        }
        CheckWay(id, events, states, evidence, violations);
        foreach (var operation in operations.Where(static one => one.Command is SendMoodMessage))
        {
            if (operation.Answer == Answer.Done && events is not [MoodMessageCreated, ..])
            {
                violations.Add($"{operation} was acknowledged and is lost");
            }
        }
        var oracle = new StreamOracle<MoodMessage>(
            stream,
            states,
            (operation, count) => Shows(operation, states[count]),
            static operation => operation is { Answer: Answer.Done, Command: SendMoodMessage } ? 1 : null
        );
        violations.AddRange(oracle.Check(operations));
        return violations;
    }

    private static void CheckWay(
        string id,
        MoodMessageEvent[] events,
        List<MoodMessage> states,
        Evidence evidence,
        List<string> violations
    )
    {
        if (events.Length == 0)
        {
            return;
        }
        var last = states[^1];
        var ends = events.Count(static one => one is MoodMessageDelivered or MoodMessageFailed);
        if (events.Count(static one => one is MoodMessageCreated) != 1 || ends != 1 || last.Due is not null)
        {
            violations.Add($"mood message {id} has come to {ends} ends: [{string.Join(", ", events.Select(NameOf))}]");
            return;
        }
        var statuses = states.Skip(1).Select(static state => state.Status).ToArray();
        if (!statuses.SequenceEqual(statuses.Order()))
        {
            violations.Add($"mood message {id} went back: {string.Join(", ", statuses)}");
        }
        if (last.Created!.Facts.UserId is not null)
        {
            CheckArrival(id, last, evidence, violations);
        }
        var (created, text) = (last.Created!, TextOf(id, evidence));
        var wait = WaitOf(created.Facts.Tier);
        if (created.Due - created.At != wait || last.SentAt < created.Due)
        {
            violations.Add(
                $"mood message {id}, due after {wait}, was sent in at {created.At} and tried at {last.SentAt}"
            );
        }
        var endedAt = last.DeliveredAt ?? last.FailedAt;
        if (text.StartsWith(MoodMessageWorkload.Last, StringComparison.Ordinal) && endedAt - created.Due > InTime)
        {
            violations.Add($"mood message {id}, due at {created.Due}, was late although nothing failed: {endedAt}");
        }
    }

    /// <summary>Whoever was not heard of may have arrived all the same: then it has failed and is there once at most.</summary>
    private static void CheckArrival(string id, MoodMessage last, Evidence evidence, List<string> violations)
    {
        long[] numbers =
        [
            .. Read<ConversationEvent>(evidence, $"conversation/{last.Created!.Facts.Conversation}")
                .OfType<MessageSent>()
                .Where(sent => sent.Key == $"mood-message:{id}")
                .Select(static sent => sent.Number),
        ];
        var fits =
            last.DeliveredAt is not null ? numbers is [var number] && number == last.Number
            : last.FailureReason == MoodMessageRefusals.Unreachable ? numbers.Length <= 1
            : numbers.Length == 0;
        if (!fits)
        {
            violations.Add(
                $"mood message {id} is {last.Status} and in its conversation as [{string.Join(", ", numbers)}]"
            );
        }
    }

    private static IEnumerable<string> CheckBoxes(Dictionary<string, MoodMessageEvent[]> messages, Evidence evidence)
    {
        var caused = messages
            .SelectMany(static one => one.Value.SelectMany(@event => ToldOf(one.Key, @event)))
            .ToLookup(static told => told.Person, static told => (told.Id, told.Status, told.IsNew));
        foreach (var stream in evidence.StreamsOf("mood-message-box"))
        {
            var person = stream["mood-message-box/".Length..];
            var found = Read<MoodMessageBoxEvent>(evidence, stream)
                .Select(static one => (one.Change.MessageId, one.Change.Status, one.Change.IsNew))
                .ToArray();
            // What becomes of one message comes in order; between messages there is none.
            foreach (var id in caused[person].Concat(found).Select(static one => one.Item1).Distinct())
            {
                var (of, expected) = (
                    found.Where(one => one.MessageId == id),
                    caused[person].Where(one => one.Id == id)
                );
                if (!of.SequenceEqual(expected))
                {
                    yield return $"{stream} was told of {id}: [{string.Join(", ", of)}], caused by "
                        + $"[{string.Join(", ", expected)}]";
                }
            }
        }
    }

    /// <summary>Whom an event must be told to, in words of its own.</summary>
    private static IEnumerable<(string Person, string Id, MoodMessageStatus Status, bool IsNew)> ToldOf(
        string id,
        MoodMessageEvent @event
    )
    {
        var (user, model) = (@event.Facts.UserId!, @event.Facts.ModelId);
        if (user is null)
        {
            return @event switch
            {
                MoodMessageCreated => [(model, id, MoodMessageStatus.Pending, true)],
                MoodMessageDelivered or MoodMessageTakenBack => [(model, id, MoodMessageStatus.Delivered, false)],
                _ => [],
            };
        }
        if (@event.Facts.Sender == MoodMessageSender.System)
        {
            return @event switch
            {
                MoodMessageDelivered =>
                [
                    (model, id, MoodMessageStatus.Delivered, true),
                    (user, id, MoodMessageStatus.Delivered, true),
                ],
                MoodMessageRead =>
                [
                    (model, id, MoodMessageStatus.Read, false),
                    (user, id, MoodMessageStatus.Read, false),
                ],
                _ => [],
            };
        }
        var (sender, reader) = @event.Facts.Sender == MoodMessageSender.User ? (user, model) : (model, user);
        return @event switch
        {
            MoodMessageCreated => [(sender, id, MoodMessageStatus.Pending, true)],
            MoodMessageFailed => [(sender, id, MoodMessageStatus.Failed, false)],
            MoodMessageDelivered =>
            [
                (sender, id, MoodMessageStatus.Delivered, false),
                (reader, id, MoodMessageStatus.Delivered, true),
            ],
            MoodMessageRead =>
            [
                (sender, id, MoodMessageStatus.Read, false),
                (reader, id, MoodMessageStatus.Read, false),
            ],
            _ => [],
        };
    }

    /// <summary>A recount of all messages, by the day on which each was sent in.</summary>
    private static IEnumerable<string> CheckCounts(Dictionary<string, MoodMessageEvent[]> messages, Evidence evidence)
    {
        foreach (var shard in Shards.Keys)
        {
            var counted = Read<MoodMessageCountsEvent>(evidence, $"mood-message-counts/{shard}")
                .Aggregate(MoodMessageDays.Empty, MoodMessageCountRules.Evolve);
            var own = messages
                .Where(one => one.Value.Length > 0 && Shards.Of(one.Key) == shard)
                .Select(static one => one.Value.Aggregate(MoodMessage.None, MoodMessageRules.Evolve))
                .ToLookup(static message => DateOnly.FromDateTime(message.Created!.At.UtcDateTime).DayNumber);
            foreach (var day in counted.Days.Keys.Union(own.Select(static day => day.Key)))
            {
                var date = DateOnly.FromDayNumber(day);
                var sums = MoodMessageCountRules.Summarize(counted, date, date);
                if (
                    !Fits(sums.Statuses, own[day].Select(static one => one.Status))
                    || !Fits(sums.Moods, own[day].Select(static one => one.Created!.Facts.Mood))
                    || !Fits(sums.Tiers, own[day].Select(static one => one.Created!.Facts.Tier).OfType<Membership>())
                    || sums.Total != own[day].Count()
                )
                {
                    yield return $"mood-message-counts/{shard} has {sums.Total} messages on {date:O} "
                        + $"({string.Join(", ", sums.Statuses)}), a recount {own[day].Count()}";
                }
            }
        }
    }

    /// <summary>What a model has said to everybody is on her feed once, and what was taken back is marked so once.</summary>
    private static IEnumerable<string> CheckFeeds(Dictionary<string, MoodMessageEvent[]> messages, Evidence evidence)
    {
        var caused = messages
            .SelectMany(static one => one.Value.Select(@event => (Id: one.Key, Event: @event)))
            .Where(static one => one.Event is { Facts.UserId: null } and (MoodMessageDelivered or MoodMessageTakenBack))
            .ToLookup(static one => one.Event.Facts.ModelId, static one => (one.Id, one.Event is MoodMessageTakenBack));
        foreach (var stream in evidence.StreamsOf("model-feed"))
        {
            var found = Read<ModelFeedEvent>(evidence, stream)
                .OfType<ModelFeedChanged>()
                .Select(static one => (one.Change.MessageId, one.Change.IsTakenBack));
            if (!found.Order().SequenceEqual(caused[stream["model-feed/".Length..]].Order()))
            {
                yield return $"{stream} holds [{string.Join(", ", found)}], which was not said so";
            }
        }
    }

    /// <summary>The system acts when the last messages sound distressed, once a day at most, and then sends a message.</summary>
    private static IEnumerable<string> CheckEscalations(
        Dictionary<string, MoodMessageEvent[]> messages,
        Evidence evidence
    )
    {
        foreach (var conversation in evidence.StreamsOf("conversation"))
        {
            var id = conversation["conversation/".Length..];
            var stream = $"escalation/{id}";
            var events = Read<EscalationEvent>(evidence, stream).ToArray();
            var written = Read<ConversationEvent>(evidence, conversation)
                .OfType<MessageSent>()
                .Where(static sent => sent.Sender == MessageSender.User)
                .ToArray();
            (long, MoodKind)[] acted = [.. events.OfType<Escalated>().Select(static one => (one.Number, one.Mood))];
            (long, MoodKind)[] caused = [.. FirstAlarmsOfDays(written)];
            if (!acted.SequenceEqual(caused))
            {
                yield return $"{stream} acted on [{string.Join(", ", acted)}] where [{string.Join(", ", caused)}] called for it";
            }
            var days = events.OfType<Escalated>().Select(static one => one.Day).ToArray();
            if (days.Distinct().Count() != days.Length)
            {
                yield return $"{stream} was acted upon more than once a day: {string.Join(", ", days)}";
            }
            var isBlocked = Read<ConversationEvent>(evidence, $"conversation/{id}").Any(static one => one is BlockSet);
            foreach (var day in days)
            {
                var message = EscalationMessages.IdOf(id, day);
                if (!isBlocked && messages.GetValueOrDefault(message) is not { Length: > 0 })
                {
                    yield return $"{stream} was acted upon on day {day}, and nothing was sent";
                }
            }
        }
    }

    /// <summary>What is counted in a row goes on from one message of the user to the next, and the system is told from the third on.</summary>
    private static IEnumerable<(long, MoodKind)> FirstAlarmsOfDays(MessageSent[] written)
    {
        var (row, day) = (0, 0);
        foreach (var sent in written)
        {
            row = sent.Distress is null ? 0 : row + 1;
            var today = DateOnly.FromDateTime(sent.At.UtcDateTime).DayNumber;
            if (row >= new EscalationOptions().Messages && today > day)
            {
                day = today;
                yield return (sent.Number, sent.Distress!.Alarm?.Mood ?? MoodKind.Unknown);
            }
        }
    }

    private static bool Fits<T>(IReadOnlyDictionary<T, long> counts, IEnumerable<T> values)
        where T : struct, Enum
    {
        var recount = values.CountBy(static value => value).ToDictionary();
        return counts.All(one => one.Value == recount.GetValueOrDefault(one.Key));
    }

    private static bool Shows(Operation operation, MoodMessage state) =>
        operation switch
        {
            { Command: SendMoodMessage, Answer: Answer.Refused } => true,
            { Command: SendMoodMessage, Value: MoodMessageView view } => state.Created is { } created
                && (view.CreatedAt, view.Due, view.Status) == (created.At, created.Due, MoodMessageStatus.Pending),
            { Command: LookAtMoodMessage look, Answer: Answer.Refused } => !MoodMessageRules.MayFind(
                state,
                look.Reader
            ),
            { Command: ReadMoodMessage read, Answer: Answer.Refused } => state.Created?.Facts.UserId is null
                || !MoodMessageRules.MayFind(state, read.Reader),
            { Command: TakeMoodMessageBack back, Answer: Answer.Refused } => state.Created?.Facts.UserId is not null
                || state.DeliveredAt is null
                || !MoodMessageRules.MayFind(state, back.By),
            { Value: MoodMessageView view } => (
                view.Status,
                view.SentAt,
                view.DeliveredAt,
                view.ReadAt,
                view.TakenBackAt,
                view.Retries
            ) == (state.Status, state.SentAt, state.DeliveredAt, state.ReadAt, state.TakenBackAt, state.Attempts),
            _ => false,
        };

    private static TimeSpan WaitOf(Membership? tier) =>
        tier switch
        {
            null or Membership.Vip => TimeSpan.Zero,
            Membership.Premium => TimeSpan.FromSeconds(1),
            Membership.Basic => TimeSpan.FromSeconds(5),
            _ => TimeSpan.FromSeconds(30),
        };

    private static string TextOf(string id, Evidence evidence) =>
        evidence
            .OperationsOn(MoodMessageWorkload.StreamOf(id))
            .Select(static operation => operation.Command)
            .OfType<SendMoodMessage>()
            .FirstOrDefault()
            ?.Content
        ?? "";

    private static string NameOf(MoodMessageEvent @event) => @event.GetType().Name;

    private static TEvent[] Read<TEvent>(Evidence evidence, string stream) =>
        [.. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<TEvent>(recorded))];
}
