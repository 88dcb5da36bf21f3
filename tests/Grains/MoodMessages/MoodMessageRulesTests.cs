using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.ContentPolicy;
using Actors.Grains.MoodMessages;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.MoodMessages;

public sealed class MoodMessageRulesTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SealingKey Key = new(new byte[SealingKey.Bytes]);
    private static readonly ModelId Ana = ModelId.Parse("ana");
    private static readonly UserId Bo = UserId.Parse("bo");
    private static readonly Actor User = new(ActorRole.User, "bo");
    private static readonly Actor Model = new(ActorRole.Model, "ana");
    private static readonly Actor Admin = new(ActorRole.Admin, "root");

    private static readonly SendMoodMessage FromUser = new(
        MoodMessageSender.User,
        MoodMessageType.PrivateCustom,
        Ana,
        Bo,
        "hello"
    );

    private static readonly SendMoodMessage FromModel = FromUser with { Sender = MoodMessageSender.Model };

    private static readonly SendMoodMessage Public = new(
        MoodMessageSender.Model,
        MoodMessageType.PublicMicro,
        Ana,
        null,
        "hello all"
    );

    [Theory, Trait("Spec", "MM-2")]
    [InlineData(Membership.Vip, 10, 0)]
    [InlineData(Membership.Premium, 8, 1)]
    [InlineData(Membership.Basic, 5, 5)]
    [InlineData(Membership.Free, 3, 30)]
    public void Membership_says_how_soon_a_message_is_due(Membership tier, int priority, int seconds)
    {
        var created = Created(FromUser, tier);

        Assert.Equal((priority, Now.AddSeconds(seconds)), (created.Priority, created.Due));
        Assert.Equal(Now.AddSeconds(seconds), After(created).Due);
    }

    [Fact, Trait("Spec", "MM-1")]
    public void Whoever_sends_what_she_may_not_is_refused()
    {
        Assert.Null(MoodMessageRules.Refuse(FromUser));
        Assert.Null(MoodMessageRules.Refuse(FromModel));
        Assert.Null(MoodMessageRules.Refuse(Public));
        Assert.Null(MoodMessageRules.Refuse(FromModel with { Content = null, TemplateId = "t" }));
        Assert.Null(
            MoodMessageRules.Refuse(
                FromModel with
                {
                    Sender = MoodMessageSender.System,
                    Type = MoodMessageType.EscalationAuto,
                }
            )
        );

        SendMoodMessage[] types =
        [
            FromUser with
            {
                Type = MoodMessageType.PublicMicro,
                UserId = null,
            },
            FromUser with
            {
                Type = MoodMessageType.EscalationAuto,
            },
            FromModel with
            {
                Type = MoodMessageType.EscalationAuto,
            },
            FromModel with
            {
                Sender = MoodMessageSender.System,
            },
        ];
        Assert.All(types, one => Assert.Equal(MoodMessageRefusals.InvalidType, MoodMessageRules.Refuse(one)));
        SendMoodMessage[] addressees = [FromModel with { UserId = null }, Public with { UserId = Bo }];
        Assert.All(addressees, one => Assert.Equal(MoodMessageRefusals.InvalidAddressee, MoodMessageRules.Refuse(one)));
        SendMoodMessage[] templates =
        [
            FromUser with
            {
                Content = null,
                TemplateId = "t",
            },
            FromModel with
            {
                TemplateId = "t",
            },
        ];
        Assert.All(templates, one => Assert.Equal(MoodMessageRefusals.InvalidTemplate, MoodMessageRules.Refuse(one)));
    }

    [Fact, Trait("Spec", "MM-1")]
    public void What_is_public_is_short_and_nothing_says_what_admins_prohibit()
    {
        var prohibited = ProhibitedContent.Of(new ContentPolicyView(1, ["scam"], []));

        Assert.Null(Refusal(MoodMessageType.PublicMicro, new string('x', 140)));
        Assert.NotNull(Refusal(MoodMessageType.PublicMicro, new string('x', 141)));
        Assert.Null(Refusal(MoodMessageType.PrivateCustom, new string('x', 2_000)));
        Assert.NotNull(Refusal(MoodMessageType.PrivateCustom, new string('x', 2_001)));
        Assert.NotNull(Refusal(MoodMessageType.PrivateCustom, " \n"));
        Assert.NotNull(Refusal(MoodMessageType.PrivateCustom, null));
        Assert.Equal(
            MoodMessageRefusals.ProhibitedContent,
            MoodMessageRules.RefuseContent(
                MoodMessageText.Read(MoodMessageType.PublicMicro, "no S c a m! scam"),
                prohibited
            )
        );
    }

    [Fact, Trait("Spec", "AC-2")]
    public void What_is_said_is_sealed_for_its_message_and_what_older_versions_wrote_opens_as_it_is()
    {
        var text = MoodMessageText.Seal(Key, "a secret", Id);

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("a secret", MoodMessageText.Open(Key, text, Id));
        Assert.Null(MoodMessageText.Open(Key, text, "another"));
        Assert.Null(MoodMessageText.Open(null, text, Id));
        Assert.Equal("as older versions wrote it", MoodMessageText.Open(null, "as older versions wrote it", Id));
    }

    [Fact, Trait("Spec", "MM-2")]
    public void A_message_is_sent_delivered_and_read_and_never_goes_back()
    {
        var message = After(Created(FromUser, Membership.Vip));
        Assert.Equal(MoodMessageStatus.Pending, message.Status);

        message = After(message, Attempt(message, new DeliveryAttempt(Now, HasArrived: true, Number: 7)));
        Assert.Equal(
            (MoodMessageStatus.Delivered, Now, Now.AddSeconds(1)),
            (message.Status, message.SentAt, message.DeliveredAt)
        );
        Assert.Null(message.Due);
        Assert.Empty(Attempt(message, new DeliveryAttempt(Now, HasArrived: true, Number: 8)));

        var read = MoodMessageRules.DecideRead(message, Model, Now).Value!;
        message = After(message, [read]);
        Assert.Equal((MoodMessageStatus.Read, 7), (message.Status, ((MoodMessageRead)read).Number));
        var again = MoodMessageRules.DecideRead(message, Model, Now);
        Assert.Equal((null, null), (again.Value, again.Refusal));
    }

    [Fact, Trait("Spec", "MM-2")]
    public void A_message_that_does_not_arrive_is_tried_eight_times_ever_more_seldom_and_has_failed_then()
    {
        var message = After(Created(FromUser, Membership.Vip));
        var unreachable = new DeliveryAttempt(Now, HasArrived: false);
        List<TimeSpan> waits = [];
        while (message.FailedAt is null)
        {
            var after = DeliverySchedule.After(message.Attempts + 1, Id);
            message = After(message, MoodMessageRules.DecideAttempt(message, unreachable, after, Now));
            if (message.Due is { } due)
            {
                Assert.Equal(MoodMessageStatus.Sent, message.Status);
                waits.Add(due - Now);
            }
        }

        Assert.Equal(IMoodMessageGrain.MaxAttempts - 1, waits.Count);
        Assert.All(waits.Zip(waits.Skip(1)), static pair => Assert.True(pair.Second > pair.First * 2));
        Assert.Equal((MoodMessageRefusals.Unreachable, 7), (message.FailureReason, message.Attempts));
        Assert.Null(message.Due);
    }

    [Fact, Trait("Spec", "MM-2")]
    public void The_waits_between_tries_are_the_messages_own_and_the_same_every_time()
    {
        Assert.Equal(DeliverySchedule.After(1, Id), DeliverySchedule.After(1, Id));
        Assert.NotEqual(DeliverySchedule.After(1, Id), DeliverySchedule.After(1, "another"));
        for (var number = 0; number < 100; number++)
        {
            Assert.InRange(DeliverySchedule.After(1, $"m{number}")!.Value.TotalSeconds, 1.7, 2.3);
        }
    }

    [Fact, Trait("Spec", "MM-2")]
    public void What_is_refused_for_good_fails_at_once_with_the_code_of_the_refusal()
    {
        var message = After(Created(FromUser, Membership.Vip));

        var refused = new DeliveryAttempt(Now, false, Refused: ConversationRefusals.ConversationBlockedCode);
        message = After(message, Attempt(message, refused));

        Assert.Equal(
            (MoodMessageStatus.Failed, ConversationRefusals.ConversationBlockedCode, 0),
            (message.Status, message.FailureReason, message.Attempts)
        );
    }

    [Fact, Trait("Spec", "MM-1")]
    public void A_message_is_found_by_its_sender_and_by_others_once_it_has_reached_them()
    {
        var pending = After(Created(FromUser, Membership.Free));
        var delivered = After(pending, Attempt(pending, new DeliveryAttempt(Now, true, 1)));

        Assert.True(MoodMessageRules.MayFind(pending, User));
        Assert.False(MoodMessageRules.MayFind(pending, Model));
        Assert.True(MoodMessageRules.MayFind(delivered, Model));
        Assert.True(MoodMessageRules.MayFind(pending, Admin));
        Assert.False(MoodMessageRules.MayFind(delivered, new Actor(ActorRole.User, "ana")));
        Assert.False(MoodMessageRules.MayFind(delivered, new Actor(ActorRole.User, "cleo")));
        Assert.False(MoodMessageRules.MayFind(MoodMessage.None, Admin));
        Assert.False(MoodMessageRules.MayRead(delivered, Admin));
        Assert.True(MoodMessageRules.MayRead(delivered, Model));
        Assert.True(MoodMessageRules.MayRead(After(Created(Public, null)), Admin));
    }

    [Fact, Trait("Spec", "MM-1")]
    public void Only_whom_it_is_for_reads_a_message()
    {
        var pending = After(Created(FromUser, Membership.Free));
        var delivered = After(pending, Attempt(pending, new DeliveryAttempt(Now, true, 1)));
        var micro = After(Created(Public, null));
        micro = After(micro, Attempt(micro, new DeliveryAttempt(Now, true)));

        Assert.Equal(MoodMessageRefusals.NotForYou, MoodMessageRules.DecideRead(delivered, User, Now).Refusal);
        Assert.Equal(MoodMessageRefusals.MoodMessageNotFound, MoodMessageRules.DecideRead(pending, Model, Now).Refusal);
        Assert.Equal(MoodMessageRefusals.NotForYou, MoodMessageRules.DecideRead(micro, Model, Now).Refusal);
    }

    [Fact, Trait("Spec", "MM-1")]
    public void A_public_message_is_shown_from_when_it_goes_out_until_its_model_or_an_admin_takes_it_back()
    {
        var micro = After(Created(Public, null));
        Assert.Equal((10, Now), (micro.Created!.Priority, micro.Due));
        Assert.False(MoodMessageRules.IsShown(micro));
        Assert.NotNull(MoodMessageRules.DecideTakingBack(micro, Model, Now).Refusal);

        micro = After(micro, Attempt(micro, new DeliveryAttempt(Now, true)));
        Assert.True(MoodMessageRules.IsShown(micro));
        var other = new Actor(ActorRole.Model, "mia");
        Assert.Equal(
            MoodMessageRefusals.MoodMessageNotFound,
            MoodMessageRules.DecideTakingBack(micro, other, Now).Refusal
        );
        Assert.NotNull(MoodMessageRules.DecideTakingBack(micro, Admin, Now).Value);
        micro = After(micro, [MoodMessageRules.DecideTakingBack(micro, Model, Now).Value!]);

        Assert.False(MoodMessageRules.IsShown(micro));
        Assert.False(MoodMessageRules.MayRead(micro, Model));
        var again = MoodMessageRules.DecideTakingBack(micro, Admin, Now);
        Assert.Equal((null, null), (again.Value, again.Refusal));
        var secret = After(Created(FromModel, Membership.Vip));
        secret = After(secret, Attempt(secret, new DeliveryAttempt(Now, true, 1)));
        Assert.False(MoodMessageRules.IsShown(secret));
        Assert.Equal(MoodMessageRefusals.NotPublic, MoodMessageRules.DecideTakingBack(secret, Model, Now).Refusal);
    }

    [Fact, Trait("Spec", "SE-3")]
    public void The_same_command_is_told_from_another_one()
    {
        var created = Created(FromUser, Membership.Vip);
        var text = MoodMessageText.Seal(Key, "hello", Id);

        Assert.True(MoodMessageRules.IsRepeated(created, FromUser, text));
        Assert.False(MoodMessageRules.IsRepeated(created, FromUser, MoodMessageText.Seal(Key, "hi", Id)));
        Assert.False(MoodMessageRules.IsRepeated(created, FromUser, null));
        Assert.False(MoodMessageRules.IsRepeated(created, FromUser with { ModelId = ModelId.Parse("mia") }, text));
        Assert.False(MoodMessageRules.IsRepeated(created, Public, text));
    }

    private static Actors.GrainInterfaces.Outcomes.Refusal? Refusal(MoodMessageType type, string? text) =>
        MoodMessageRules.RefuseContent(MoodMessageText.Read(type, text), ProhibitedContent.Nothing);

    private static MoodMessageCreated Created(SendMoodMessage command, Membership? tier)
    {
        var text = MoodMessageText.Seal(Key, command.Content!, Id);
        return MoodMessageRules.Decide(command, new MoodMessageDraft(text, tier, DetectedMood.Unknown), Now);
    }

    private static IReadOnlyList<MoodMessageEvent> Attempt(MoodMessage message, DeliveryAttempt attempt) =>
        MoodMessageRules.DecideAttempt(message, attempt, TimeSpan.FromSeconds(2), Now.AddSeconds(1));

    private static MoodMessage After(MoodMessageCreated created) => After(MoodMessage.None, [created]);

    private static MoodMessage After(MoodMessage message, IReadOnlyList<MoodMessageEvent> events) =>
        events.Aggregate(message, MoodMessageRules.Evolve);
}
