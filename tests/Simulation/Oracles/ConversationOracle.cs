using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Conversations;
using Actors.Grains.Wallets;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// No message is lost, doubled or out of its place; both sides are told of everything once and in order; what the model owes
/// without typing goes out once.
/// </summary>
internal sealed class ConversationOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("conversation").SelectMany(stream => CheckConversation(stream, evidence));

    private static List<string> CheckConversation(string stream, Evidence evidence)
    {
        var id = ConversationId.Parse(stream["conversation/".Length..]);
        var violations = new List<string>();
        ConversationEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ConversationEvent>(recorded)),
        ];
        var operations = evidence.OperationsOn(stream);
        MessageSent[] sent = [.. events.OfType<MessageSent>()];
        for (var index = 0; index < sent.Length; index++)
        {
            if (sent[index].Number != index + 1)
            {
                violations.Add($"message {index + 1} of {id} has the number {sent[index].Number}");
            }
        }
        CheckKeys(id, sent, operations, violations);
        CheckAutomated(id, events, evidence, violations);
        // A pet keeps no list.
        foreach (var person in id.Kind == PeerKind.Pet ? (string[])[id.UserId] : [id.UserId, id.PeerId])
        {
            CheckList(id, person, events, evidence, violations);
        }
        var states = States(events);
        var oracle = new StreamOracle<Conversation>(
            stream,
            states,
            (operation, count) => Shows(operation, states[count]),
            operation => EventOf(operation, events)
        );
        violations.AddRange(oracle.Check(operations));
        return violations;
    }

    private static List<Conversation> States(ConversationEvent[] events)
    {
        var states = new List<Conversation> { Conversation.Empty };
        foreach (var @event in events)
        {
            states.Add(ConversationFold.Evolve(states[^1], @event));
        }
        return states;
    }

    private static void CheckKeys(
        ConversationId id,
        MessageSent[] sent,
        IReadOnlyList<Operation> operations,
        List<string> violations
    )
    {
        var byKey = sent.Where(static one => one.Key is not null).ToLookup(static one => one.Key!);
        violations.AddRange(
            byKey.Where(static one => one.Count() > 1).Select(one => $"{id} has {one.Count()} times the {one.Key}")
        );
        foreach (var operation in operations)
        {
            if (operation is { Answer: Answer.Done, Command: SendMessage command, Value: MessageView view })
            {
                var number = byKey[command.Key!].Select(static one => one.Number).FirstOrDefault();
                if (number == 0)
                {
                    violations.Add($"{operation} was acknowledged and is lost");
                }
                else if (view.Id.Number != number)
                {
                    violations.Add($"{operation} was told {view.Id} and has the number {number}");
                }
            }
        }
    }

    /// <summary>Every tip is thanked for, together with others or alone, unless the conversation was blocked meanwhile.</summary>
    private static void CheckAutomated(
        ConversationId id,
        ConversationEvent[] events,
        Evidence evidence,
        List<string> violations
    )
    {
        var automated = events
            .OfType<MessageSent>()
            .Select(static one => one.Auto)
            .OfType<AutomatedMessage>()
            .ToArray();
        if (automated.Count(static one => one.Kind == AutomatedKind.Greeting) > 1)
        {
            violations.Add($"{id} was greeted more than once");
        }
        TipReceived[] received = [.. events.OfType<TipReceived>()];
        string[] given =
        [
            .. evidence
                .EventsOf($"wallet/{id.PeerId}")
                .Select(static recorded => EventJson.Read<WalletEvent>(recorded))
                .OfType<TokensEarned>()
                .Where(earned => earned.Earning.Kind == EarningKind.Tip && earned.Earning.UserId == id.UserId)
                .Select(static earned => earned.Earning.Transfer),
        ];
        if (!received.Select(static tip => tip.Transfer).Order().SequenceEqual(given.Order()))
        {
            violations.Add($"{id} knows of {received.Length} tips of {given.Length}");
        }
        var (tipped, thanked) = (received.Sum(static tip => tip.Tokens), automated.Sum(static one => one.Tokens ?? 0));
        if (thanked > tipped || (thanked < tipped && !events.OfType<BlockSet>().Any()))
        {
            violations.Add($"{id} was thanked for {thanked} tokens of {tipped}");
        }
        var owed = States(events)[^1].Owed;
        if (owed is not { Greeting: null, Reply: null, Thanks: null })
        {
            violations.Add($"{id} still owes {owed}");
        }
    }

    private static void CheckList(
        ConversationId id,
        string person,
        ConversationEvent[] events,
        Evidence evidence,
        List<string> violations
    )
    {
        (ConversationChangeKind, long)[] caused = [.. events.Select(Told).OfType<(ConversationChangeKind, long)>()];
        (ConversationChangeKind, long)[] told =
        [
            .. evidence
                .EventsOf($"conversation-list/{person}")
                .Select(static recorded => EventJson.Read<ConversationListEvent>(recorded))
                .OfType<ConversationChanged>()
                .Select(static changed => changed.Change)
                .Where(change => change.Conversation == id)
                .Select(static change => (change.Kind, change.Numbers is [var first, ..] ? first : 0)),
        ];
        if (!caused.SequenceEqual(told))
        {
            violations.Add(
                $"{person} was told of {id}: [{string.Join(", ", told)}], caused by [{string.Join(", ", caused)}]"
            );
        }
    }

    private static (ConversationChangeKind, long)? Told(ConversationEvent @event) =>
        @event switch
        {
            MessageSent sent => (ConversationChangeKind.Sent, sent.Number),
            MessageEdited edited => (ConversationChangeKind.Edited, edited.Number),
            MessageDeleted deleted => (ConversationChangeKind.Deleted, deleted.Number),
            MessagesRead read => (ConversationChangeKind.Read, read.Numbers.FirstOrDefault()),
            _ => null,
        };

    private static bool Shows(Operation operation, Conversation state) =>
        operation.Value switch
        {
            MessagePage page => page.Total == state.Total
                && page.Messages.Count == state.Total
                && page.Messages.All(message => Fits(message, state)),
            MessageView view => ConversationRules.IsThere(state, view.Id.Number) && Fits(view, state),
            _ => true,
        };

    private static bool Fits(MessageView message, Conversation state)
    {
        var mark = state.Marks.GetValueOrDefault(message.Id.Number, MessageMark.None);
        var reader = message.Sender == MessageSender.User ? state.Peer : state.User;
        return (message.EditedAt, message.DeletedAt) == (mark.EditedAt, mark.DeletedAt)
            && message.IsRead == !reader.Unread.Contains(message.Id.Number)
            && message.Content is null == mark.DeletedAt is not null
            && (mark.EditedIn is null || mark.DeletedAt is not null || message.Content == "another text");
    }

    private static int? EventOf(Operation operation, ConversationEvent[] events)
    {
        if (operation is not { Answer: Answer.Done, Command: SendMessage command })
        {
            return null;
        }
        var index = Array.FindIndex(events, one => one is MessageSent sent && sent.Key == command.Key);
        return index < 0 ? null : index + 1;
    }
}
