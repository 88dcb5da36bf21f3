using System.Collections.Immutable;
using System.Text.Json;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Conversations;

namespace Actors.Grains.Tests.Conversations;

[Trait("Spec", "CH-1")]
public sealed class ConversationListTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_come_first_page_by_page_and_after_a_snapshot_as_well()
    {
        var list = Listed(7);
        list = ConversationList.Evolve(list, Sent(2));
        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(list, ConversationListJson.Default.ConversationList),
            ConversationListJson.Default.ConversationList
        )!;

        foreach (var one in new[] { list, read })
        {
            Assert.Equal([Id(2), Id(6), Id(5)], one.Page(3, 0).Conversations);
            Assert.Equal([Id(1), Id(0)], one.Page(3, 5).Conversations);
            Assert.Empty(one.Page(3, 7).Conversations);
            Assert.Empty(one.Page(3, 20_000).Conversations);
            Assert.Equal(7, one.Page(3, 0).Total);
        }
    }

    [Fact]
    public void Of_too_many_the_one_with_the_oldest_message_is_left_out()
    {
        var list = Listed(IConversationListGrain.Kept);
        list = ConversationList.Evolve(list, Sent(0));
        list = ConversationList.Evolve(list, Sent(IConversationListGrain.Kept));

        Assert.Equal(IConversationListGrain.Kept, list.Page(1, 0).Total);
        Assert.False(list.Latest.ContainsKey(Id(1).ToString()));
        Assert.Equal([Id(IConversationListGrain.Kept), Id(0)], list.Page(2, 0).Conversations);
    }

    [Fact]
    public void A_message_costs_no_more_in_a_long_list_than_in_a_short_one()
    {
        var list = Listed(IConversationListGrain.Kept);
        var moved = Sent(17);

        var before = GC.GetAllocatedBytesForCurrentThread();
        list = ConversationList.Evolve(list, moved);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Id(17), list.Page(1, 0).Conversations[0]);
        Assert.InRange(spent, 0, 20_000);
    }

    private static ConversationList Listed(int count) =>
        new(
            count,
            Enumerable
                .Range(0, count)
                .ToImmutableDictionary(static number => Id(number).ToString(), static number => number + 1L)
        );

    private static ConversationChanged Sent(int number) =>
        new(new ConversationChange(Id(number), ConversationChangeKind.Sent, Side.User, [1], Now));

    private static ConversationId Id(int number) =>
        ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse($"u{number}"));
}
