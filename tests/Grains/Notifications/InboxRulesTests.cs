using System.Text.Json;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Notifications;

namespace Actors.Grains.Tests.Notifications;

[Trait("Spec", "NO-1")]
public sealed class InboxRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Notifications_are_listed_newest_first_unread_with_total_and_unread_count()
    {
        var page = InboxRules.Page(InboxOf(3), 10, 0, Reader.Default);

        Assert.Equal([3, 2, 1], page.Notifications.Select(static item => item.Id));
        Assert.Equal(
            new NotificationItem(3, "mood_reset", "text 3", Now.AddMinutes(3), Read: false),
            page.Notifications[0]
        );
        Assert.Equal((3, 3), (page.Total, page.Unread));
    }

    [Theory]
    [InlineData(2, 0, new long[] { 5, 4 })]
    [InlineData(2, 2, new long[] { 3, 2 })]
    [InlineData(2, 4, new long[] { 1 })]
    [InlineData(2, 5, new long[] { })]
    [InlineData(100, int.MaxValue, new long[] { })]
    public void A_page_holds_what_lies_between_offset_and_limit(int limit, int offset, long[] ids) =>
        Assert.Equal(
            ids,
            InboxRules.Page(InboxOf(5), limit, offset, Reader.Default).Notifications.Select(static item => item.Id)
        );

    [Fact]
    public void Marking_some_reads_exactly_these()
    {
        var inbox = Mark(InboxOf(5), 2, 4);

        Assert.Equal([4, 2], Listed(inbox).Where(static item => item.Read).Select(static item => item.Id));
        Assert.Equal(3, inbox.Unread);
    }

    [Fact]
    public void Marking_all_reads_what_has_arrived_and_not_what_comes_later()
    {
        var inbox = Receive(Mark(InboxOf(5)), 1);

        Assert.Equal([6], Listed(inbox).Where(static item => !item.Read).Select(static item => item.Id));
        Assert.Equal(1, inbox.Unread);
    }

    [Fact]
    public void Marking_what_is_read_or_was_never_sent_changes_nothing()
    {
        var inbox = Mark(InboxOf(5), 2);

        Assert.Null(Decide(inbox, 2, 2, 99).Value);
        Assert.Null(Decide(inbox, 2, 2, 99).Refusal);
        Assert.Null(InboxRules.Decide(Mark(inbox), new MarkNotificationsRead(), Now).Value);
    }

    [Fact]
    public void Ids_below_one_none_at_all_or_too_many_are_refused()
    {
        Assert.All<long[]>(
            [
                [0],
                [-1, 1],
                [],
                [.. Enumerable.Range(1, InboxRules.MaxKept + 1).Select(static id => (long)id)],
            ],
            ids => Assert.Equal(NotificationRefusals.InvalidNotificationIdsCode, Decide(InboxOf(5), ids).Refusal?.Code)
        );
    }

    [Fact]
    public void Reading_out_of_order_ends_in_one_watermark_without_exceptions()
    {
        var inbox = Mark(Mark(Mark(InboxOf(4), 3), 1), 2);

        Assert.Equal((3, 0, 1), (inbox.ReadUpTo, inbox.ReadBeyond.Count, inbox.Unread));
    }

    [Fact]
    public void Only_the_newest_thousand_are_kept_and_older_ones_count_as_read()
    {
        var inbox = InboxOf(InboxRules.MaxKept + 250);

        var page = InboxRules.Page(inbox, 100, InboxRules.MaxKept - 1, Reader.Default);
        Assert.Equal([251], page.Notifications.Select(static item => item.Id));
        Assert.Equal((InboxRules.MaxKept, InboxRules.MaxKept), (page.Total, page.Unread));
    }

    [Fact]
    public void What_came_after_a_notification_is_listed_oldest_first()
    {
        var inbox = Mark(InboxOf(InboxRules.MaxKept + 250), 252);

        Assert.Equal([1_248, 1_249, 1_250], Ids(Since(1_247, 10)));
        Assert.Equal([251, 252], Ids(Since(0, 2)));
        Assert.Equal([false, true], Since(250, 2).Notifications.Select(static item => item.Read));
        Assert.Empty(Ids(Since(1_250, 10)));
        Assert.Equal(InboxRules.MaxKept - 1, Since(1_250, 10).Unread);

        NotificationPage Since(long after, int limit) => InboxRules.Since(inbox, after, limit, Reader.Default);

        static IEnumerable<long> Ids(NotificationPage page) => page.Notifications.Select(static item => item.Id);
    }

    [Fact]
    public void The_state_stays_bounded_when_every_second_notification_is_read()
    {
        var inbox = Inbox.Empty;
        for (var round = 0; round < 2_500; round++)
        {
            inbox = Mark(Receive(inbox, 2), inbox.Received + 2);
        }

        Assert.Equal(InboxRules.MaxKept, inbox.Kept.Count);
        Assert.Equal(InboxRules.MaxKept / 2, inbox.Unread);
        Assert.True(inbox.ReadBeyond.Count <= InboxRules.MaxKept / 2);
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_between_characters()
    {
        var text = new string('x', InboxRules.MaxTextLength - 1) + "😊 and more";

        var received = Assert.IsType<NotificationReceived>(InboxRules.Decide(new Notification("kind", text, Now)));
        var told = Assert.IsType<NotificationTold>(
            InboxRules.Decide(
                new Notification(
                    "kind",
                    null,
                    Now,
                    new(Item: text, Person: text, State: text, Reason: text, Note: text)
                )
            )
        );

        var cut = new string('x', InboxRules.MaxTextLength - 1);
        Assert.Equal(cut, received.Text);
        Assert.Equal(new NotificationFacts(Item: cut, Person: cut, State: cut, Reason: cut, Note: cut), told.Facts);
    }

    [Fact]
    public void What_was_received_as_a_text_is_shown_as_it_is_in_every_language()
    {
        var inbox = Evolve(
            """{"type":"notification.received.v1","kind":"tokens_credited","text":"5 tokens!","at":"2025-03-01T12:00:00+00:00"}"""
        );

        var item = Assert.Single(InboxRules.Page(inbox, 10, 0, new Reader("es", "Europe/Madrid")).Notifications);
        Assert.Equal(("tokens_credited", "5 tokens!", null), (item.Kind, item.Text, item.Facts));
        Assert.Equal(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero), item.At);
    }

    [Fact]
    public void What_happened_is_written_as_facts()
    {
        const string Json =
            """{"type":"notification.told.v1","kind":"mood_overridden","facts":{"state":"negative","reason":"<3","until":"2026-03-02T09:30:00+00:00"},"at":"2026-03-01T12:00:00+00:00"}""";
        var told = InboxRules.Decide(
            NotificationKinds.MoodOverridden.Told(
                Now,
                new(State: "negative", Reason: "<3", Until: new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero))
            )
        );

        Assert.Equal(told, JsonSerializer.Deserialize(Json, InboxJson.Default.InboxEvent));
        var written = JsonSerializer.Serialize(told, InboxJson.Default.InboxEvent);
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(Parsed(Json), Parsed(written)), written);

        static System.Text.Json.Nodes.JsonNode? Parsed(string json) => System.Text.Json.Nodes.JsonNode.Parse(json);
    }

    [Fact]
    public void A_snapshot_from_before_there_were_facts_reads_back()
    {
        const string Json =
            """{"received":2,"kept":[{"kind":"payout","text":"9 tokens were paid out to you.","at":"2025-03-01T12:00:00+00:00"}],"readUpTo":1,"readBeyond":[]}""";

        var inbox = JsonSerializer.Deserialize(Json, InboxJson.Default.Inbox)!;
        var after = InboxRules.Evolve(inbox, InboxRules.Decide(NotificationKinds.Payout.Told(Now, new(Tokens: 1))));

        var texts = InboxRules.Page(after, 10, 0, Reader.Default).Notifications.Select(static item => item.Text);
        Assert.Equal(["1 token was paid out to you.", "9 tokens were paid out to you."], texts);
    }

    [Fact]
    public void A_snapshot_reads_back_as_the_same_inbox()
    {
        var inbox = Mark(InboxOf(1_010), 20, 1_005, 1_010);

        var json = JsonSerializer.Serialize(inbox, InboxJson.Default.Inbox);
        var read = JsonSerializer.Deserialize(json, InboxJson.Default.Inbox)!;

        Assert.Equal(Listed(inbox), Listed(read));
        Assert.Equal((inbox.Received, inbox.Unread), (read.Received, read.Unread));
    }

    private static Inbox Evolve(string json) =>
        InboxRules.Evolve(Inbox.Empty, JsonSerializer.Deserialize(json, InboxJson.Default.InboxEvent)!);

    private static Inbox InboxOf(int count) => Receive(Inbox.Empty, count);

    private static Inbox Receive(Inbox inbox, int count)
    {
        for (var left = count; left > 0; left--)
        {
            var id = inbox.Received + 1;
            var notification = new Notification("mood_reset", $"text {id}", Now.AddMinutes(id));
            inbox = InboxRules.Evolve(inbox, InboxRules.Decide(notification));
        }
        return inbox;
    }

    private static Inbox Mark(Inbox inbox) =>
        InboxRules.Evolve(inbox, InboxRules.Decide(inbox, new MarkNotificationsRead(), Now).Value!);

    private static Inbox Mark(Inbox inbox, params long[] ids) => InboxRules.Evolve(inbox, Decide(inbox, ids).Value!);

    private static GrainInterfaces.Outcomes.Outcome<InboxEvent?> Decide(Inbox inbox, params long[] ids) =>
        InboxRules.Decide(inbox, new MarkNotificationsRead(ids), Now);

    private static IReadOnlyList<NotificationItem> Listed(Inbox inbox) =>
        InboxRules.Page(inbox, InboxRules.MaxKept, 0, Reader.Default).Notifications;
}
