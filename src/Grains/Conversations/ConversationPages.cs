using Actors.GrainInterfaces.Conversations;
using Actors.Grains.Sealing;

namespace Actors.Grains.Conversations;

/// <summary>
/// Messages as a side sees them, read out of the stream: the state says where they are. Everything that a page tells is as of one
/// moment.
/// </summary>
internal sealed class ConversationPages(
    ConversationId id,
    Func<long, int, Task<IReadOnlyList<(long Version, ConversationEvent Event)>>> readBackward
)
{
    private const int MostAtOnce = 128;

    /// <summary>Events that may lie between messages, looked at with them.</summary>
    private const int Between = 4;
    private const int MostSearched = 1_000;

    public async Task<MessagePage> ListAsync(Conversation conversation, ListMessages query, SealingKey key)
    {
        var side = conversation.Of(query.Side);
        var top = Math.Min(query.Before ?? long.MaxValue, conversation.Total + 1);
        if (query.Search is { } search)
        {
            return await SearchAsync(conversation, query with { Before = top }, search, key);
        }
        if (query.UnreadOnly)
        {
            var unread = side.Unread.Reverse().Where(number => number < top).Skip(query.Offset).Take(query.Limit + 1);
            return await PageAsync(conversation, query, [.. unread], side.Unread.Count, key);
        }
        var newest = top - 1 - query.Offset;
        var oldest = Math.Max(newest - query.Limit, side.ClearedUpTo + 1);
        var numbers = newest < oldest ? [] : Descending(newest, oldest);
        return await PageAsync(conversation, query, numbers, conversation.Total - side.ClearedUpTo, key);
    }

    /// <summary>In the order of the numbers, without those that the side may not see.</summary>
    public async Task<IReadOnlyList<MessageView>> FindAsync(
        Conversation conversation,
        Side side,
        IReadOnlyList<long> numbers,
        SealingKey key
    )
    {
        var cleared = conversation.Of(side).ClearedUpTo;
        var wanted = numbers.Where(number => number > cleared && ConversationRules.IsThere(conversation, number));
        var found = new Dictionary<long, MessageSent>();
        foreach (var place in wanted.GroupBy(static number => (number - 1) / Conversation.MessagesAPlace))
        {
            foreach (var sent in await ReadAsync(conversation, place.Min(), place.Max()))
            {
                found[sent.Number] = sent;
            }
        }
        var views = new List<MessageView>(found.Count);
        foreach (var number in numbers.Where(found.ContainsKey))
        {
            views.Add(await ViewAsync(conversation, found[number], key));
        }
        return views;
    }

    public async Task<MessageSent> ReadAsync(Conversation conversation, long number) =>
        (await ReadAsync(conversation, number, number))[0];

    /// <param name="text">What it said when it was sent, where that is known; else it is unsealed.</param>
    public async ValueTask<MessageView> ViewAsync(
        Conversation conversation,
        MessageSent sent,
        SealingKey key,
        string? text = null
    )
    {
        var mark = conversation.Marks.GetValueOrDefault(sent.Number, MessageMark.None);
        var shown =
            mark.DeletedAt is not null ? null
            : mark.EditedIn is { } version ? key.OpenMessage(await ReadEditAsync(version), sent.Number, mark.Edits)
            : text ?? key.OpenMessage(sent.Text, sent.Number);
        var reader = ConversationFold.Other(ConversationFold.SideOf(sent.Sender));
        return new MessageView(
            new MessageId(id, sent.Number),
            sent.Sender,
            shown,
            sent.At,
            !conversation.Of(reader).Unread.Contains(sent.Number),
            sent.ReplyTo,
            sent.Metadata,
            mark.EditedAt,
            mark.DeletedAt,
            sent.Auto?.Kind,
            sent.Auto?.Degraded ?? false,
            mark.DeletedAt is null ? sent.Files : null
        );
    }

    private async Task<MessagePage> PageAsync(
        Conversation conversation,
        ListMessages query,
        long[] numbers,
        long total,
        SealingKey key
    )
    {
        // One more than asked for tells whether there are more.
        var more = numbers.Length > query.Limit;
        var shown = more ? numbers[..query.Limit] : numbers;
        var messages = await FindAsync(conversation, query.Side, shown, key);
        return new MessagePage(messages, total, more ? shown[^1] : null);
    }

    /// <summary>Looks at a bounded number of messages; a page may be short, or empty, and still have a next one.</summary>
    private async Task<MessagePage> SearchAsync(
        Conversation conversation,
        ListMessages query,
        string search,
        SealingKey key
    )
    {
        var cleared = conversation.Of(query.Side).ClearedUpTo;
        var next = query.Before!.Value;
        var last = Math.Max(cleared + 1, next - MostSearched);
        var found = new List<MessageView>();
        while (next > last && found.Count < query.Limit)
        {
            var oldest = Math.Max(last, next - Conversation.MessagesAPlace);
            var looked = await FindAsync(conversation, query.Side, Descending(next - 1, oldest), key);
            found.AddRange(
                looked
                    .Where(message => message.Content?.Contains(search, StringComparison.OrdinalIgnoreCase) == true)
                    .Take(query.Limit - found.Count)
            );
            next = found.Count == query.Limit ? found[^1].Id.Number : oldest;
        }
        return new MessagePage(found, found.Count, next > cleared + 1 ? next : null);
    }

    private async Task<IReadOnlyList<MessageSent>> ReadAsync(Conversation conversation, long oldest, long newest)
    {
        var nextPlace = (int)((newest - 1) / Conversation.MessagesAPlace) + 1;
        var before = nextPlace < conversation.Places.Count ? conversation.Places[nextPlace] : conversation.Version + 1;
        // Each record that is read is opened and parsed: no more of them than there are messages to walk through.
        var last = Math.Min(conversation.Total, (long)nextPlace * Conversation.MessagesAPlace);
        var atOnce = (int)Math.Min(MostAtOnce, last - oldest + 1 + Between);
        var found = new List<MessageSent>();
        while (before > 1)
        {
            var events = await readBackward(before, atOnce);
            foreach (var (_, @event) in events)
            {
                if (@event is MessageSent sent && sent.Number <= newest)
                {
                    if (sent.Number < oldest)
                    {
                        return found;
                    }
                    found.Add(sent);
                }
            }
            before = events[^1].Version;
        }
        return found;
    }

    private async Task<string> ReadEditAsync(long version) =>
        ((MessageEdited)(await readBackward(version + 1, 1))[0].Event).Text;

    private static long[] Descending(long newest, long oldest)
    {
        var numbers = new long[newest - oldest + 1];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = newest - index;
        }
        return numbers;
    }
}
