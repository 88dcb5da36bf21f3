using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Templates;
using Actors.TestKit;
using static Actors.Grains.Tests.MoodMessages.Letters;

namespace Actors.Grains.Tests.MoodMessages;

public sealed class MoodMessageGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Theory, Trait("Spec", "MM-2")]
    [InlineData(Membership.Premium, 1)]
    [InlineData(Membership.Basic, 5)]
    [InlineData(Membership.Free, 30)]
    public async Task It_is_delivered_when_membership_says_and_not_before(Membership membership, int seconds)
    {
        var (model, user) = ($"due-m{seconds}", $"due-u{seconds}");
        await _engine.MeetAsync(model, user, membership);
        var id = IdOf(user, "k");
        var sent = (await _engine.Message(id).Send(FromUser(model, user, "I am so happy!"))).Value!;
        Assert.Equal(TimeSpan.FromSeconds(seconds), sent.Due - sent.CreatedAt);

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(seconds - 0.2));
        Assert.Equal(MoodMessageStatus.Pending, (await _engine.Message(id).Find(User(user))).Value!.Status);
        Assert.Empty(await _engine.SaidAsync(model, user));

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(0.4));
        var delivered = await _engine.UntilAsync(id, MoodMessageStatus.Delivered);
        Assert.InRange((delivered.DeliveredAt - sent.CreatedAt)!.Value.TotalSeconds, seconds, seconds + 1);
        Assert.Equal("I am so happy!", Assert.Single(await _engine.SaidAsync(model, user)).Content);
    }

    [Fact, Trait("Spec", "MM-2")]
    public async Task A_vips_message_goes_out_at_once_into_conversation_inbox_and_both_boxes()
    {
        await _engine.MeetAsync("vip-m", "vip-u", Membership.Vip);
        var id = IdOf("vip-u", "k");
        await _engine.Message(id).Send(FromUser("vip-m", "vip-u", "I am so happy today!"));

        var delivered = await _engine.UntilAsync(id, MoodMessageStatus.Delivered);

        Assert.Equal((10, Membership.Vip, MoodKind.Happy), (delivered.Priority, delivered.Tier, delivered.Mood.Mood));
        Assert.Null(delivered.Content);
        foreach (var person in (Actor[])[User("vip-u"), Model("vip-m")])
        {
            var box = await _engine.EventuallyAsync(
                () => _engine.Grains.GetGrain<IMoodMessageBoxGrain>(person.Id).List(new ListMoodMessages(10)),
                static page => page.Total == 1
            );
            Assert.Equal(id, Assert.Single(box.Ids));
            Assert.Equal("I am so happy today!", (await _engine.Message(id).Find(person)).Value!.Content);
        }
        var inbox = await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<INotificationInboxGrain>("vip-m").List(10, 0),
            static page => page.Total > 0
        );
        Assert.Equal("vip-u sent you a mood message.", Assert.Single(inbox.Notifications).Text);
    }

    [Fact, Trait("Spec", "MM-2")]
    public async Task Whatever_crashes_a_message_is_delivered_once()
    {
        await _engine.MeetAsync("once-m", "once-u", Membership.Basic);
        for (var number = 0; number < 10; number++)
        {
            await _engine.Message("once-u", $"k{number}").Send(FromUser("once-m", "once-u", $"text {number}"));
        }
        for (var crash = 0; crash < 8; crash++)
        {
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(4.97) + (TimeSpan.FromMilliseconds(7) * crash));
            await _engine.CrashAsync();
        }

        for (var number = 0; number < 10; number++)
        {
            await _engine.UntilAsync(IdOf("once-u", $"k{number}"), MoodMessageStatus.Delivered);
        }

        var texts = (await _engine.SaidAsync("once-m", "once-u")).Select(static one => one.Content!);
        Assert.Equal(Enumerable.Range(0, 10).Select(static number => $"text {number}"), texts.Order());
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task The_same_again_is_the_same_message_and_something_else_under_its_key_is_refused()
    {
        await _engine.MeetAsync("key-m", "key-u", Membership.Vip);
        var command = FromUser("key-m", "key-u", "hello");

        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _engine.Message("key-u", "k").Send(command)));
        await _engine.UntilAsync(IdOf("key-u", "k"), MoodMessageStatus.Delivered);
        await _engine.CrashAsync();
        var later = await _engine.Message("key-u", "k").Send(command);

        Assert.All(sent, one => Assert.Equal(sent[0].Value, one.Value));
        Assert.Equal(sent[0].Value, later.Value);
        Assert.Single(await _engine.SaidAsync("key-m", "key-u"));
        var other = await _engine.Message("key-u", "k").Send(command with { Content = "other" });
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, other.Refusal?.Code);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task What_the_other_side_has_read_shows_here_and_in_the_conversation()
    {
        await _engine.MeetAsync("read-m", "read-u", Membership.Vip);
        var id = IdOf("read-u", "k");
        await _engine.Message(id).Send(FromUser("read-m", "read-u", "hello"));
        await _engine.UntilAsync(id, MoodMessageStatus.Delivered);

        Assert.NotNull((await _engine.Message(id).MarkRead(User("read-u"))).Refusal);
        var read = (await _engine.Message(id).MarkRead(Model("read-m"))).Value!;
        Assert.Equal(MoodMessageStatus.Read, read.Status);
        await _engine.CrashAsync();
        Assert.Equal(read, (await _engine.Message(id).MarkRead(Model("read-m"))).Value);

        await _engine.EventuallyAsync(async () => (await _engine.SaidAsync("read-m", "read-u"))[0].IsRead);
        var told = await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IMoodMessageBoxGrain>("read-u").Since(0, 100),
            static changes => changes.Count == 3
        );
        Assert.Equal(
            [MoodMessageStatus.Pending, MoodMessageStatus.Delivered, MoodMessageStatus.Read],
            told.Select(static one => one.Change.Status)
        );
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task Nothing_is_sent_where_either_side_has_blocked_and_what_was_on_its_way_fails_with_the_reason()
    {
        await _engine.MeetAsync("block-m", "block-u", Membership.Free);
        await _engine.Conversation("block-m", "block-u").Send(new SendMessage(MessageSender.User, "hi"));
        await _engine.Message("block-u", "before").Send(FromUser("block-m", "block-u", "hello"));
        await _engine.Conversation("block-m", "block-u").SetBlocked(new SetBlocked(Side.Peer, true));

        var after = await _engine.Message("block-u", "after").Send(FromUser("block-m", "block-u", "hello"));
        var own = await _engine
            .Message(MoodMessageIds.Of(MoodMessageSender.Model, "block-m", "k"))
            .Send(FromModel("block-m", "block-u", "hello"));
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(31));

        Assert.Equal(ConversationRefusals.ConversationBlockedCode, after.Refusal?.Code);
        Assert.Equal(ConversationRefusals.ConversationBlockedCode, own.Refusal?.Code);
        var failed = await _engine.UntilAsync(IdOf("block-u", "before"), MoodMessageStatus.Failed);
        Assert.Equal((ConversationRefusals.ConversationBlockedCode, 0), (failed.FailureReason, failed.Retries));
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task A_model_writes_to_those_who_have_begun_and_nobody_to_a_model_that_there_is_not()
    {
        await _engine.MeetAsync("shy-m", "shy-u", Membership.Vip);
        var id = MoodMessageIds.Of(MoodMessageSender.Model, "shy-m", "k");

        var early = await _engine.Message(id).Send(FromModel("shy-m", "shy-u", "psst"));
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, early.Refusal?.Code);
        var nobody = await _engine.Message("shy-u", "n").Send(FromUser("nobody", "shy-u", "hello?"));
        Assert.Equal(IdentityRefusals.ModelNotFoundCode, nobody.Refusal?.Code);

        await _engine.Conversation("shy-m", "shy-u").Send(new SendMessage(MessageSender.User, "hi"));
        var sent = (await _engine.Message(id).Send(FromModel("shy-m", "shy-u", "how are you? I am sad"))).Value!;
        Assert.Equal((DetectedMood.Unknown, Membership.Vip), (sent.Mood, sent.Tier));
        await _engine.UntilAsync(id, MoodMessageStatus.Delivered);
        Assert.Contains(await _engine.SaidAsync("shy-m", "shy-u"), static one => one.Sender == MessageSender.Model);
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task Erasing_the_conversation_erases_what_was_said_and_what_is_on_its_way_fails()
    {
        await _engine.MeetAsync("erase-m", "erase-u", Membership.Free);
        await _engine.Message("erase-u", "k").Send(FromUser("erase-m", "erase-u", "forget me"));
        await _engine.Conversation("erase-m", "erase-u").Erase();
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(31));

        var failed = await _engine.UntilAsync(IdOf("erase-u", "k"), MoodMessageStatus.Failed);
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, failed.FailureReason);
        Assert.Null((await _engine.Message("erase-u", "k").Find(User("erase-u"))).Value!.Content);
    }

    [Fact, Trait("Spec", "TE-4")]
    public async Task A_models_message_may_be_said_by_a_template_whose_use_is_counted()
    {
        await _engine.MeetAsync("tpl-m", "tpl-u", Membership.Vip);
        await _engine.Conversation("tpl-m", "tpl-u").Send(new SendMessage(MessageSender.User, "hi"));
        var draft = new TemplateDraft(
            MoodState.Neutral,
            TemplateType.Greeting,
            LoyaltyTier.Platinum,
            "I like {{userName}} & you",
            0,
            true,
            [],
            []
        );
        var template = (
            await _engine
                .Grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey)
                .Create(new CreateTemplate(new Actor(ActorRole.Admin, "root"), draft))
        ).Value!;
        var command = FromModel("tpl-m", "tpl-u", "") with { Content = null, TemplateId = template.Id };
        var id = MoodMessageIds.Of(MoodMessageSender.Model, "tpl-m", "k");

        var sent = (await _engine.Message(id).Send(command)).Value!;

        Assert.Equal(("I like tpl-u & you", template.Id), (sent.Content, sent.TemplateId));
        Assert.Equal(sent, (await _engine.Message(id).Send(command)).Value);
        await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<ITemplateUsageGrain>(template.Id).Get(),
            static usage => usage.Total.Uses == 1
        );
        var unknown = await _engine.Message("tpl-m", "x").Send(command with { TemplateId = "nothing" });
        Assert.Equal(TemplateRefusals.TemplateNotFoundCode, unknown.Refusal?.Code);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task History_is_paged_and_filtered_by_type_and_mood()
    {
        await _engine.MeetAsync("list-m", "list-u", Membership.Vip);
        for (var number = 0; number < 12; number++)
        {
            var text = number % 3 == 0 ? "I am so sad and lonely" : "I am so happy today!";
            await _engine.Message("list-u", $"k{number}").Send(FromUser("list-m", "list-u", text));
            await _engine.UntilAsync(IdOf("list-u", $"k{number}"), MoodMessageStatus.Delivered);
        }
        var box = _engine.Grains.GetGrain<IMoodMessageBoxGrain>("list-u");
        await _engine.EventuallyAsync(() => box.List(new ListMoodMessages(1)), static page => page.Total == 12);

        var first = await box.List(new ListMoodMessages(5));
        var rest = await box.List(new ListMoodMessages(100, Before: first.Next));
        string[] newestFirst = [.. Enumerable.Range(0, 12).Reverse().Select(static k => IdOf("list-u", $"k{k}"))];
        Assert.Equal(newestFirst, first.Ids.Concat(rest.Ids));
        Assert.Null(rest.Next);
        Assert.Equal(newestFirst[3..6], (await box.List(new ListMoodMessages(3, 3))).Ids);

        var sad = await box.List(new ListMoodMessages(2, 1, Mood: MoodKind.Sad));
        Assert.Equal((4, IdOf("list-u", "k6")), (sad.Total, sad.Ids[0]));
        var micro = await box.List(new ListMoodMessages(2, Type: MoodMessageType.PublicMicro));
        Assert.Equal((0, 0), (micro.Total, micro.Ids.Count));
    }
}
