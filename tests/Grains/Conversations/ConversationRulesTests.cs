using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Conversations;
using Actors.Grains.MoodMessages.Detection;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Conversations;

public sealed class ConversationRulesTests
{
    private const string Sad = "I am so sad and lonely";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SealingKey Key = new(new byte[SealingKey.Bytes]);

    private static readonly ConversationId WithAna = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));

    private static readonly ConversationId WithPet = ConversationId.WithPet("rex", UserId.Parse("bo"));

    [Fact, Trait("Spec", "AC-2")]
    public void What_is_written_down_does_not_show_what_was_said()
    {
        var sent = Decide(Conversation.Empty, "a secret between us");

        Assert.DoesNotContain("secret", sent.Text, StringComparison.Ordinal);
        Assert.Equal("a secret between us", Key.OpenMessage(sent.Text, sent.Number));
        Assert.Null(Key.OpenMessage(sent.Text, sent.Number + 1));
    }

    [Theory, Trait("Spec", "CH-1")]
    [InlineData("", ConversationRefusals.InvalidMessageCode)]
    [InlineData(" \n ", ConversationRefusals.InvalidMessageCode)]
    [InlineData(null, ConversationRefusals.InvalidMessageCode)]
    public void A_message_says_something(string? content, string code) =>
        Assert.Equal(code, Try(Conversation.Empty, new SendMessage(MessageSender.User, content!)).Refusal?.Code);

    [Fact, Trait("Spec", "CH-1")]
    public void A_message_has_at_most_2000_characters_as_people_count_them()
    {
        Assert.Null(Try(Conversation.Empty, From(new string('x', 2_000))).Refusal);
        Assert.NotNull(Try(Conversation.Empty, From(new string('x', 2_001))).Refusal);
        Assert.Null(Try(Conversation.Empty, From(string.Concat(Enumerable.Repeat("👍", 2_000)))).Refusal);
    }

    [Fact, Trait("Spec", "CH-4")]
    public void A_message_answers_an_earlier_one_of_the_conversation_that_is_still_there()
    {
        var conversation = Sent(Conversation.Empty, "one");

        Assert.Equal(1, Try(conversation, From("two") with { ReplyTo = 1 }).Value!.ReplyTo);
        foreach (var number in (long[])[0, -1, 2])
        {
            Assert.Equal(
                ConversationRefusals.InvalidMessageCode,
                Try(conversation, From("two") with { ReplyTo = number }).Refusal?.Code
            );
        }
        var deleted = ConversationFold.Evolve(conversation, new MessageDeleted(Now, 1, Side.User));
        Assert.NotNull(Try(deleted, From("two") with { ReplyTo = 1 }).Refusal);
    }

    [Fact, Trait("Spec", "MO-2")]
    public void What_admins_prohibit_is_neither_sent_nor_put_in_later()
    {
        var prohibited = ProhibitedContent.Of(new ContentPolicyView(1, ["scam"], []));
        var sent = Decide(Conversation.Empty, "hello");
        var conversation = ConversationFold.Evolve(Conversation.Empty, sent);

        var other = ConversationRules.Decide(conversation, WithAna, From("a Scam!"), Key, prohibited, Now);
        var edit = ConversationRules.Decide(
            conversation,
            sent,
            new EditMessage(Side.User, 1, "s c a m? scam"),
            Key,
            prohibited,
            Now
        );

        Assert.Equal(ConversationRefusals.ProhibitedContent, other.Refusal);
        Assert.Equal(ConversationRefusals.ProhibitedContent, edit.Refusal);
    }

    [Theory, Trait("Spec", "CH-1")]
    [InlineData(-1)]
    [InlineData(1_001)]
    public void Experience_outside_of_its_bounds_is_refused(int xp) =>
        Assert.Equal(
            ConversationRefusals.InvalidMessageCode,
            Try(Conversation.Empty, From("hi") with { Metadata = new MessageMetadata(null, xp) }).Refusal?.Code
        );

    [Theory, Trait("Spec", "AC-2")]
    [InlineData("")]
    [InlineData("call me at seven")]
    [InlineData("abcdefghijabcdefghijabcdefghij-33")]
    public void A_mood_is_a_name_and_no_text_for_it_is_not_sealed(string mood) =>
        Assert.Equal(
            ConversationRefusals.InvalidMessageCode,
            Try(Conversation.Empty, From("hi") with { Metadata = new MessageMetadata(mood, null) }).Refusal?.Code
        );

    [Fact, Trait("Spec", "CH-3")]
    public void What_is_sent_is_unread_for_the_other_side_until_it_reads_it()
    {
        var conversation = Sent(Sent(Conversation.Empty, "one"), "two");
        Assert.Equal([1L, 2L], conversation.Peer.Unread);
        Assert.Empty(conversation.User.Unread);

        var read = ConversationRules.Decide(conversation, new MarkMessagesRead(Side.Peer, [2, 2, 9]), Now).Value!;
        conversation = ConversationFold.Evolve(conversation, read);
        Assert.Equal([1L], conversation.Peer.Unread);

        Assert.Null(ConversationRules.Decide(conversation, new MarkMessagesRead(Side.Peer, [2]), Now).Value);
        var all = ConversationRules.Decide(conversation, new MarkMessagesRead(Side.Peer, null), Now).Value!;
        Assert.Empty(ConversationFold.Evolve(conversation, all).Peer.Unread);
    }

    [Fact, Trait("Spec", "AC-2")]
    public void A_users_messages_are_one_activity_an_hour_whatever_the_clock_does()
    {
        var hour = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        (DateTimeOffset At, bool IsActivity)[] expected =
        [
            (hour.AddMinutes(59), true),
            (hour.AddMinutes(59.5), false),
            (hour.AddMinutes(60), true),
            (hour.AddMinutes(70), false),
            (hour.AddMinutes(30), false),
            (hour.AddMinutes(80), false),
            (hour.AddMinutes(200), true),
        ];
        var conversation = Conversation.Empty;
        foreach (var (at, isActivity) in expected)
        {
            var sent = ConversationRules
                .Decide(conversation, WithAna, From("hello"), Key, ProhibitedContent.Nothing, at)
                .Value!;
            Assert.Equal(isActivity ? true : null, sent.IsActivity);
            conversation = ConversationFold.Evolve(conversation, sent);
        }
        var answer = ConversationRules.Decide(
            Conversation.Empty,
            WithAna,
            new SendMessage(MessageSender.Model, "hi"),
            Key,
            ProhibitedContent.Nothing,
            hour
        );
        Assert.Null(answer.Value!.IsActivity);
    }

    [Fact, Trait("Spec", "CH-2")]
    public void Who_is_known_not_to_answer_by_herself_owes_no_reply_and_is_still_owed_to_greet()
    {
        var sent = Decide(Conversation.Empty, "hello", answersItself: false);

        Assert.Equal((true, null), (sent.OwesGreeting, sent.OwesReply));
        Assert.Null(ConversationFold.Evolve(Conversation.Empty, sent).Owed.Reply);
    }

    [Fact, Trait("Spec", "MM-3")]
    public void Distressed_messages_of_the_user_are_counted_in_a_row_and_from_the_third_on_the_system_is_told()
    {
        var hearing = new UserHearing(new WordMoodDetector(), new EscalationOptions { Messages = 3, Confidence = 60 });
        var conversation = Conversation.Empty;
        var heard = new List<(int?, MoodKind?)>();
        foreach (var text in (string[])[Sad, "I am happy!", Sad, Sad, Sad, Sad, "hm"])
        {
            var sent = Decide(conversation, text, hear: hearing.Hear);
            heard.Add((sent.Distress?.InARow, sent.Distress?.Alarm?.Mood));
            Assert.Null(sent.IsToHear);
            conversation = Sent(ConversationFold.Evolve(conversation, sent), "there, there", MessageSender.Model);
        }

        Assert.Equal(
            [(1, null), (null, null), (1, null), (2, null), (3, MoodKind.Sad), (4, MoodKind.Sad), (null, null)],
            heard
        );
    }

    [Fact, Trait("Spec", "MM-3")]
    public void Neither_pets_nor_what_models_write_nor_anybody_when_it_is_switched_off_is_listened_to()
    {
        var off = new UserHearing(new WordMoodDetector(), new EscalationOptions { Messages = 0 });
        Assert.Equal(HeardText.Nothing, off.Hear(Sad, 7));

        HeardText Fail(string text, int before) => throw new InvalidOperationException(text);
        foreach (var (id, sender) in new[] { (WithPet, MessageSender.User), (WithAna, MessageSender.Model) })
        {
            var command = new SendMessage(sender, Sad);
            var sent = ConversationRules
                .Decide(Conversation.Empty, id, command, Key, ProhibitedContent.Nothing, Now, hear: Fail)
                .Value!;
            Assert.Equal((null, null), (sent.Distress, sent.IsToHear));
        }
    }

    [Fact, Trait("Spec", "CH-1")]
    public void What_a_pet_is_told_is_read_at_once()
    {
        var sent = ConversationRules
            .Decide(Conversation.Empty, WithPet, From("sit"), Key, ProhibitedContent.Nothing, Now)
            .Value!;

        Assert.Empty(ConversationFold.Evolve(Conversation.Empty, sent).Peer.Unread);
    }

    [Fact, Trait("Spec", "CH-1")]
    public void Unread_messages_beyond_the_newest_1000_count_as_read()
    {
        var conversation = Conversation.Empty;
        for (var number = 1; number <= IConversationGrain.MaxUnread + 5; number++)
        {
            conversation = Sent(conversation, "hello");
        }

        Assert.Equal(IConversationGrain.MaxUnread, conversation.Peer.Unread.Count);
        Assert.Equal(6, conversation.Peer.Unread.Min);
    }

    [Fact, Trait("Spec", "CH-4")]
    public void A_message_can_be_changed_for_15_minutes_by_its_author_only()
    {
        var sent = Decide(Conversation.Empty, "helo");
        var conversation = ConversationFold.Evolve(Conversation.Empty, sent);
        var mend = new EditMessage(Side.User, 1, "hello");

        Assert.Null(
            ConversationRules
                .Decide(conversation, sent, mend, Key, ProhibitedContent.Nothing, Now.AddMinutes(15))
                .Refusal
        );
        Assert.Equal(
            ConversationRefusals.MessageNotEditableCode,
            ConversationRules
                .Decide(conversation, sent, mend, Key, ProhibitedContent.Nothing, Now.AddMinutes(15).AddTicks(1))
                .Refusal?.Code
        );
        Assert.Equal(
            ConversationRefusals.NotYourMessageCode,
            ConversationRules
                .Decide(conversation, sent, mend with { Side = Side.Peer }, Key, ProhibitedContent.Nothing, Now)
                .Refusal?.Code
        );
        var deleted = ConversationFold.Evolve(conversation, new MessageDeleted(Now, 1, Side.User));
        Assert.Equal(
            ConversationRefusals.MessageNotEditableCode,
            ConversationRules.Decide(deleted, sent, mend, Key, ProhibitedContent.Nothing, Now).Refusal?.Code
        );
    }

    [Fact, Trait("Spec", "CH-4")]
    public void A_message_is_changed_20_times_at_most()
    {
        var sent = Decide(Conversation.Empty, "v0");
        var conversation = ConversationFold.Evolve(Conversation.Empty, sent);
        for (var edit = 1; edit <= ConversationRules.MaxEdits; edit++)
        {
            var edited = ConversationRules
                .Decide(
                    conversation,
                    sent,
                    new EditMessage(Side.User, 1, $"v{edit}"),
                    Key,
                    ProhibitedContent.Nothing,
                    Now
                )
                .Value!;
            Assert.Equal(edit, edited.Edit);
            conversation = ConversationFold.Evolve(conversation, edited);
        }

        var last = ConversationRules.Decide(
            conversation,
            sent,
            new EditMessage(Side.User, 1, "more"),
            Key,
            ProhibitedContent.Nothing,
            Now
        );

        Assert.Equal(ConversationRefusals.MessageNotEditableCode, last.Refusal?.Code);
    }

    [Fact, Trait("Spec", "CH-1")]
    public void Only_its_author_deletes_a_message_but_a_pets_owner_deletes_what_the_pet_has_said()
    {
        var sent = Decide(Conversation.Empty, "oops");
        var conversation = ConversationFold.Evolve(Conversation.Empty, sent);

        Assert.Equal(
            ConversationRefusals.NotYourMessageCode,
            ConversationRules.DecideDeletion(conversation, WithAna, sent, Side.Peer, Now).Refusal?.Code
        );
        Assert.NotNull(ConversationRules.DecideDeletion(conversation, WithAna, sent, Side.User, Now).Value);
        var byPet = sent with { Sender = MessageSender.Pet };
        Assert.NotNull(ConversationRules.DecideDeletion(conversation, WithPet, byPet, Side.User, Now).Value);
    }

    [Fact, Trait("Spec", "MM-1")]
    public void While_one_side_blocks_neither_sends_and_nothing_is_owed()
    {
        var conversation = Sent(Conversation.Empty, "hello");
        Assert.NotNull(conversation.Owed.Greeting);

        conversation = ConversationFold.Evolve(conversation, new BlockSet(Now, Side.Peer, true));
        conversation = ConversationFold.Evolve(conversation, new TipReceived(Now, "t1", 5));

        Assert.Equal(ConversationRefusals.ConversationBlockedCode, Try(conversation, From("hello?")).Refusal?.Code);
        Assert.Null(conversation.Owed.NextDue);
    }

    [Fact, Trait("Spec", "CH-2")]
    public void The_first_message_asks_for_a_greeting_and_many_in_a_row_for_one_reply()
    {
        var conversation = Sent(Sent(Sent(Conversation.Empty, "one"), "two"), "three");

        Assert.Equal(Now, conversation.Owed.Greeting);
        Assert.Equal(new OwedReply(1, Now, IsPlanned: false, Newest: 3), conversation.Owed.Reply);
    }

    [Fact, Trait("Spec", "CH-2")]
    public void Tips_that_come_while_the_words_are_looked_for_are_thanked_for_next()
    {
        var owed = OwedRules.After(OwedRules.After(Owed.Nothing, Tip(5)), Tip(7));
        Assert.Equal(new OwedThanks(12, Now + OwedThanks.Gathered), owed.Thanks);
        var thanks = Decide(Conversation.Empty, "thank you") with
        {
            Auto = new AutomatedMessage(AutomatedKind.TipThankYou, null, false, Tokens: 12),
        };

        Assert.Null(OwedRules.After(owed, thanks).Thanks);
        Assert.Equal(3, OwedRules.After(OwedRules.After(owed, Tip(3)), thanks).Thanks?.Tokens);
    }

    [Fact, Trait("Spec", "CH-2")]
    public void A_model_who_answers_herself_owes_neither_greeting_nor_reply()
    {
        var conversation = Sent(Sent(Conversation.Empty, "hello"), "hello you", MessageSender.Model);

        Assert.Equal(Owed.Nothing, conversation.Owed);
    }

    [Fact, Trait("Spec", "CH-2")]
    public void A_reply_waits_for_the_models_delay_since_the_message_that_asks_for_it()
    {
        var planned = OwedRules.Plan(new OwedReply(1, Now, false), delaySeconds: 30, Now.AddSeconds(2));

        Assert.Equal(Now.AddSeconds(30), planned.Due);
    }

    [Fact, Trait("Spec", "TE-4")]
    public void An_automated_message_is_a_success_when_the_user_writes_within_a_day()
    {
        var use = new TemplateUse("greeting-1", null);
        var owed = Owed.Nothing with { Unanswered = new UnansweredMessage(use, Now) };

        Assert.Equal(use, OwedRules.Answered(owed, Now.AddHours(24).AddTicks(-1)));
        Assert.Null(OwedRules.Answered(owed, Now.AddHours(24)));
        Assert.Null(OwedRules.DecideUnanswered(owed, Now.AddHours(24).AddTicks(-1)));
        Assert.Equal(use, OwedRules.DecideUnanswered(owed, Now.AddHours(24))?.Use);
    }

    [Fact, Trait("Spec", "AC-2")]
    public void Of_an_erased_conversation_nothing_is_left()
    {
        var conversation = Sent(Conversation.Empty, "hello");

        var erased = ConversationFold.Evolve(conversation, new ConversationErased(Now));

        Assert.True(erased.IsErased);
        Assert.Equal((0L, null), (erased.Total, erased.Owed.NextDue));
    }

    private static Conversation Sent(
        Conversation conversation,
        string content,
        MessageSender sender = MessageSender.User
    ) => ConversationFold.Evolve(conversation, Try(conversation, new SendMessage(sender, content)).Value!);

    private static TipReceived Tip(long tokens) => new(Now, $"balance/bo/{tokens}", tokens);

    private static MessageSent Decide(
        Conversation conversation,
        string content,
        bool answersItself = true,
        Func<string, int, HeardText>? hear = null
    ) =>
        ConversationRules
            .Decide(
                conversation,
                WithAna,
                From(content),
                Key,
                ProhibitedContent.Nothing,
                Now,
                claimed: null,
                answersItself,
                hear
            )
            .Value!;

    private static SendMessage From(string content) => new(MessageSender.User, content);

    private static GrainInterfaces.Outcomes.Outcome<MessageSent> Try(Conversation conversation, SendMessage command) =>
        ConversationRules.Decide(conversation, WithAna, command, Key, ProhibitedContent.Nothing, Now);
}
