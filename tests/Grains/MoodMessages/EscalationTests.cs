using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.MoodMessages.Escalation;
using Actors.TestKit;

namespace Actors.Grains.Tests.MoodMessages;

[Trait("Spec", "MM-1"), Trait("Spec", "MM-3")]
public sealed class EscalationTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private const string Sad = "I am so sad and lonely";
    private const string Angry = "I hate this, I am furious";
    private const string Fine = "I am so happy today!";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero);
    private static readonly EscalationOptions Options = new() { Messages = 3, Confidence = 60 };

    private readonly IGrainEngine _engine = fixture.Engine;

    [Theory]
    [InlineData(true, MoodKind.Sad, 90, MoodKind.Angry, 60, MoodKind.Anxious, 75)]
    [InlineData(false, MoodKind.Sad, 90, MoodKind.Angry, 59, MoodKind.Anxious, 75)]
    [InlineData(false, MoodKind.Sad, 90, MoodKind.Happy, 99, MoodKind.Sad, 75)]
    [InlineData(false, MoodKind.Sad, 90, MoodKind.Sad, 99, MoodKind.Unknown, 0)]
    [InlineData(false, MoodKind.Neutral, 90, MoodKind.Sad, 99, MoodKind.Sad, 90)]
    public void The_last_messages_all_sound_distressed_with_enough_confidence(
        bool acts,
        MoodKind first,
        int sureOfFirst,
        MoodKind second,
        int sureOfSecond,
        MoodKind third,
        int sureOfThird
    )
    {
        var state = Heard((MoodKind.Sad, 99), (first, sureOfFirst), (second, sureOfSecond), (third, sureOfThird));

        var escalated = EscalationRules.Decide(state, Options, Now);

        Assert.Equal(acts, escalated is not null);
        if (escalated is not null)
        {
            Assert.Equal((4, third, sureOfThird), (escalated.Number, escalated.Mood, escalated.Confidence));
        }
    }

    [Fact]
    public void The_system_acts_once_a_UTC_day_and_not_at_all_when_it_is_switched_off()
    {
        var state = Heard((MoodKind.Sad, 90), (MoodKind.Sad, 90), (MoodKind.Sad, 90));
        Assert.Null(EscalationRules.Decide(state, Options with { Messages = 0 }, Now));
        Assert.Null(EscalationRules.Decide(state, Options with { Messages = 4 }, Now));

        state = EscalationRules.Evolve(state, EscalationRules.Decide(state, Options, Now)!);

        Assert.Null(EscalationRules.Decide(state, Options, Now.AddMinutes(59)));
        Assert.NotNull(EscalationRules.Decide(state, Options, Now.AddMinutes(60)));
    }

    [Fact]
    public void Of_a_flood_of_messages_the_newest_are_listened_to()
    {
        var state = EscalationState.Empty;
        for (var number = 1; number <= 25; number++)
        {
            state = EscalationRules.Evolve(state, new MessageToHear(Now, number));
        }

        Assert.Equal(Enumerable.Range(16, 10).Select(static one => (long)one), state.ToHear);
        state = EscalationRules.Evolve(
            state,
            new MessagesHeard(Now, [.. state.ToHear.Select(static one => new HeardMessage(one, MoodKind.Sad, 80))])
        );
        Assert.Equal((0, null, 10), (state.ToHear.Length, state.Since, state.Heard.Length));
    }

    [Fact]
    public async Task A_user_who_sounds_distressed_is_answered_once_a_day_and_model_and_admins_are_told()
    {
        await _engine.MeetAsync("care-m", "care-u", Membership.Vip);
        foreach (var text in (string[])[Sad, Angry, Sad, Sad])
        {
            await WriteAsync("care-m", "care-u", text);
        }
        await _engine.CrashAsync();
        await WriteAsync("care-m", "care-u", Sad);

        var box = await _engine.EventuallyAsync(
            () =>
                _engine
                    .Grains.GetGrain<IMoodMessageBoxGrain>("care-u")
                    .List(new ListMoodMessages(10, Type: MoodMessageType.EscalationAuto)),
            static page => page.Total == 1
        );
        var message = (await _engine.Message(box.Ids[0]).Find(Letters.User("care-u"))).Value!;
        Assert.Equal(
            (MoodMessageType.EscalationAuto, MoodKind.Sad, true, MoodMessageStatus.Delivered),
            (message.Type, message.Mood.Mood, message.IsAutomated, message.Status)
        );
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));

        var said = await _engine.SaidAsync("care-m", "care-u");
        var own = Assert.Single(said, static one => one.Sender == MessageSender.System);
        Assert.Equal(message.Content, own.Content);
        var told = await _engine.Grains.GetGrain<INotificationInboxGrain>("care-m").List(10, 0);
        Assert.Equal(
            "The last messages of care-u sound sad. Please look at your conversation.",
            Assert.Single(told.Notifications, static one => one.Kind == "escalation").Text
        );
        Assert.Single(await ReportsAsync("care-m"), static one => one is { Heard: MoodKind.Sad, Reason: "" });
        var read = (await _engine.Message(box.Ids[0]).MarkRead(Letters.User("care-u"))).Value!;
        Assert.Equal(MoodMessageStatus.Read, read.Status);

        await _engine.AdvanceAsync(TimeSpan.FromDays(1));
        await WriteAsync("care-m", "care-u", Sad);
        await _engine.EventuallyAsync(async () => (await ReportsAsync("care-m")).Count == 2);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_user_who_does_not_go_on_sounding_so_and_no_text_leaves_the_conversation()
    {
        await _engine.MeetAsync("fine-m", "fine-u", Membership.Vip);
        foreach (var text in (string[])[Sad, Sad, Fine, Sad, Sad, Fine])
        {
            await WriteAsync("fine-m", "fine-u", text);
        }
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(await ReportsAsync("fine-m"));
        var told = await _engine.Grains.GetGrain<INotificationInboxGrain>("fine-m").List(10, 0);
        Assert.DoesNotContain(told.Notifications, static one => one.Kind == "escalation");
    }

    [Fact]
    public async Task A_blocked_user_is_not_written_to_and_the_admins_are_told_all_the_same()
    {
        await _engine.MeetAsync("gone-m", "gone-u", Membership.Vip);
        await WriteAsync("gone-m", "gone-u", Sad);
        await WriteAsync("gone-m", "gone-u", Sad);
        await WriteAsync("gone-m", "gone-u", Sad);
        await _engine.Conversation("gone-m", "gone-u").SetBlocked(new SetBlocked(Side.Peer, true));

        await _engine.EventuallyAsync(async () => (await ReportsAsync("gone-m")).Count == 1);
    }

    private static EscalationState Heard(params (MoodKind Mood, int Confidence)[] heard) =>
        EscalationRules.Evolve(
            EscalationState.Empty,
            new MessagesHeard(
                Now,
                [.. heard.Select(static (one, index) => new HeardMessage(index + 1, one.Mood, one.Confidence))]
            )
        );

    private async Task WriteAsync(string model, string user, string text)
    {
        var sent = await _engine.Conversation(model, user).Send(new SendMessage(MessageSender.User, text));
        Assert.Null(sent.Refusal);
    }

    private async Task<IReadOnlyList<ConversationReport>> ReportsAsync(string model)
    {
        var page = await _engine
            .Grains.GetGrain<IConversationReportsGrain>(IConversationReportsGrain.OnlyKey)
            .List(100, 0);
        return [.. page.Reports.Where(one => one.Conversation.PeerId == model)];
    }
}
