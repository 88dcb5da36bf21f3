using System.Collections.Immutable;
using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Ledger;

namespace Actors.Grains.Conversations;

/// <summary>What events make of a conversation. Pure.</summary>
public static class ConversationFold
{
    public static Conversation Evolve(Conversation conversation, ConversationEvent @event)
    {
        var next = conversation with { Version = conversation.Version + 1 };
        return @event switch
        {
            MessageSent sent => Add(next, sent),
            MessageEdited edited => Mark(
                next,
                edited.Number,
                mark => mark with { EditedIn = next.Version, Edits = edited.Edit, EditedAt = edited.At }
            ),
            MessageDeleted deleted => Read(
                Mark(next, deleted.Number, mark => mark with { DeletedAt = deleted.At }),
                Other(deleted.By),
                [deleted.Number]
            ),
            HistoryCleared cleared => next.With(
                cleared.By,
                next.Of(cleared.By) with
                {
                    ClearedUpTo = cleared.UpTo,
                    Unread = [],
                }
            ),
            MessagesRead read => read.Numbers.IsEmpty
                ? next.With(read.By, next.Of(read.By) with { Unread = [] })
                : Read(next, read.By, read.Numbers),
            BlockSet set => Block(next, set),
            ConversationReported reported => next with { Reports = reported.Report },
            TipReceived tip => next.IsBlocked ? next : next with { Owed = OwedRules.After(next.Owed, tip) },
            ReplyPlanned planned => next with
            {
                Owed = next.Owed with
                {
                    Reply = next.Owed.Reply is { } reply ? reply with { Due = planned.Due, IsPlanned = true } : null,
                },
            },
            ReplyDropped => next with { Owed = next.Owed with { Reply = null } },
            ConversationErased => Conversation.Empty with { Version = next.Version, IsErased = true },
            AutomatedUnanswered => next with { Owed = next.Owed with { Unanswered = null } },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    public static Side SideOf(MessageSender sender) => sender == MessageSender.User ? Side.User : Side.Peer;

    /// <summary>The two sides do not know each other's keys.</summary>
    public static ulong FingerprintOf(MessageSender sender, string key) =>
        Fingerprint.Of(SideOf(sender) == Side.User ? "user" : "peer", key);

    /// <summary>UTC hours since 1970.</summary>
    public static long HourOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 3600;

    public static Side Other(Side side) => side == Side.User ? Side.Peer : Side.User;

    private static Conversation Add(Conversation next, MessageSent sent)
    {
        var reader = Other(SideOf(sent.Sender));
        var side = next.Of(reader);
        var unread = side.Unread.Add(sent.Number);
        if (unread.Count > IConversationGrain.MaxUnread)
        {
            unread = unread.Remove(unread.Min);
        }
        var added = sent.ReadAtOnce == true ? next : next.With(reader, side with { Unread = unread });
        return added with
        {
            Total = sent.Number,
            Places = (sent.Number - 1) % Conversation.MessagesAPlace == 0 ? next.Places.Add(next.Version) : next.Places,
            Keys = sent.Key is { } key
                ? Remember(next.Keys, new(FingerprintOf(sent.Sender, key), sent.Number))
                : next.Keys,
            Owed = OwedRules.After(next.Owed, sent),
            ActiveHour = sent.IsActivity == true ? HourOf(sent.At) : next.ActiveHour,
            Distressed = sent.Sender == MessageSender.User ? sent.Distress?.InARow ?? 0 : next.Distressed,
            Files = sent.Files is { } files
                ? next.Files.AddRange(
                    files.Select(file => KeyValuePair.Create(file.Id, new SentFile(sent.Number, file.Type, file.Bytes)))
                )
                : next.Files,
        };
    }

    /// <summary>Who is blocked is owed nothing; what was owed is not made up for later.</summary>
    private static Conversation Block(Conversation next, BlockSet set)
    {
        var owed = next.Owed with { Greeting = null, Reply = null, Thanks = null };
        return next.With(set.By, next.Of(set.By) with { Blocked = set.Blocked }) with
        {
            Owed = set.Blocked ? owed : next.Owed,
        };
    }

    private static ImmutableList<KeyedMessage> Remember(ImmutableList<KeyedMessage> keys, KeyedMessage key)
    {
        var kept = keys.Add(key);
        return kept.Count > Conversation.KeptKeys ? kept.RemoveAt(0) : kept;
    }

    private static Conversation Read(Conversation next, Side by, ImmutableArray<long> numbers) =>
        next.With(by, next.Of(by) with { Unread = next.Of(by).Unread.Except(numbers) });

    private static Conversation Mark(Conversation next, long number, Func<MessageMark, MessageMark> change) =>
        next with
        {
            Marks = next.Marks.SetItem(number, change(next.Marks.GetValueOrDefault(number, MessageMark.None))),
        };
}
