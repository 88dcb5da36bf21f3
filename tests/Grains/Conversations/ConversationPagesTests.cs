using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Conversations;

[Trait("Spec", "CH-1")]
public sealed class ConversationPagesTests
{
    private const int Sent = 1_000;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SealingKey Key = new(new byte[SealingKey.Bytes]);
    private static readonly ConversationId Id = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));

    private readonly List<ConversationEvent> _events = [];
    private readonly ConversationPages _pages;
    private readonly Conversation _conversation;
    private int _read;

    public ConversationPagesTests()
    {
        _pages = new ConversationPages(Id, ReadAsync);
        for (var number = 1; number <= Sent; number++)
        {
            var text = Key.SealMessage($"text {number}", number);
            _events.Add(new MessageSent(Now, number, MessageSender.User, text, null, null, null));
            _events.Add(new MessagesRead(Now, Side.Peer, [number], number));
        }
        _conversation = _events.Aggregate(Conversation.Empty, ConversationFold.Evolve);
    }

    [Theory]
    [InlineData(Sent, 10)]
    [InlineData(Sent - 5, 20)]
    [InlineData(64, 10)]
    [InlineData(1, 150)]
    public async Task One_message_is_found_by_reading_little_more_than_lies_between_it_and_a_known_place(
        long number,
        int most
    )
    {
        var found = await _pages.FindAsync(_conversation, Side.User, [number], Key);

        Assert.Equal($"text {number}", Assert.Single(found).Content);
        Assert.InRange(_read, 1, most);
    }

    [Fact]
    public async Task A_page_is_as_it_was_written_however_much_else_lies_between()
    {
        var page = await _pages.ListAsync(_conversation, new ListMessages(Side.User, 100), Key);

        Assert.Equal(
            Enumerable.Range(0, 100).Select(static index => $"text {Sent - index}"),
            page.Messages.Select(static one => one.Content)
        );
        Assert.Equal(Sent - 99, page.Next);
    }

    [Fact]
    public async Task Who_has_sent_a_message_is_shown_what_it_says_now()
    {
        var sent = (MessageSent)_events[0];
        var edited = new MessageEdited(Now, 1, 1, Side.User, Key.SealMessage("changed", 1, 1));
        var conversation = ConversationFold.Evolve(_conversation, edited);
        _events.Add(edited);

        Assert.Equal("typed", (await _pages.ViewAsync(_conversation, sent, Key, "typed")).Content);
        Assert.Equal("changed", (await _pages.ViewAsync(conversation, sent, Key, "typed")).Content);
        conversation = ConversationFold.Evolve(conversation, new MessageDeleted(Now, 1, Side.User));
        Assert.Null((await _pages.ViewAsync(conversation, sent, Key, "typed")).Content);
    }

    private Task<IReadOnlyList<(long Version, ConversationEvent Event)>> ReadAsync(long before, int count)
    {
        var newest = (int)Math.Min(before - 1, _events.Count);
        var oldest = Math.Max(1, newest - count + 1);
        IReadOnlyList<(long, ConversationEvent)> read =
        [
            .. Enumerable.Range(oldest, newest - oldest + 1).Reverse().Select(at => ((long)at, _events[at - 1])),
        ];
        _read += read.Count;
        return Task.FromResult(read);
    }
}
