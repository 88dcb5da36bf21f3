using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;
using Actors.Grains.MoodMessages;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Moods;
using Actors.Grains.Notifications;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Grains.Tests.Notifications;

/// <summary>What senders give is what the texts need.</summary>
[Trait("Spec", "NO-1")]
public sealed class SenderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Tokens Ten = Tokens.Of(10);
    private static readonly PurchaseId Id = PurchaseId.Of(1, 2);
    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly QueuedEntry Entry = new(Id, "bo", "item", "Wave", Ten, 1, Now, Now.AddDays(7));

    private static readonly MoodEvent[] Moods =
    [
        new MoodExpired(Now, MoodState.Positive),
        new MoodOverridden(Now, MoodState.Positive, MoodState.Negative, null, false, Now.AddHours(1), Root, "Why"),
        new MoodOverridden(Now, MoodState.Positive, MoodState.Neutral, null, false, null, Root, "Why"),
    ];

    private static readonly BalanceEvent[] Balances =
    [
        new TokensCredited(Now, Amounts.None, Ten, "Why", Root, Key()),
        new TokensDebited(Now, Amounts.None, Ten, "Why", Root, Key()),
        new TokensRefunded(Now, Amounts.None, Id, "wallet/mia@3", "mia", Ten, 0, "Why", 2),
        new TokensRefunded(Now, Amounts.None, Id, "wallet/mia@3", "mia", Ten, 0, "Why", 2, OfTip: true),
        new DeviceFailureNoted(Now, Amounts.None, Id, "offline", 2),
    ];

    private static readonly WalletEvent[] Wallets =
    [
        new TokensEarned(Now, Ten, new Earning(EarningKind.Tip, "bo", Ten, "balance/bo@2", Now, null, null)),
        new TokensEarned(Now, Ten, new Earning(EarningKind.Tip, "bo", Ten, "balance/bo@2", Now, null, "Hello")),
        new SalesAnnounced(Now, Ten, 1, Ten),
        new SalesAnnounced(Now, Ten, 3, Ten),
        new TokensPaidOut(Now, Ten, Ten, Root, "Why", Key()),
    ];

    private static readonly QueueEvent[] Queues =
    [
        new EntryQueued(Now, Entry),
        new EntryStarted(Now, Entry, Root),
        new EntryEnded(Now, Entry, SettlementKind.Delivered, 100, null, Root, Key()),
        new EntryEnded(Now, Entry, SettlementKind.Delivered, 40, null, Root, Key()),
        new EntryEnded(Now, Entry, SettlementKind.Rejected, 0, "Why", Root, Key()),
        new EntryEnded(Now, Entry, SettlementKind.Rejected, 0, null, Root, Key()),
        new EntryEnded(Now, Entry, SettlementKind.Cancelled, 0, null, Root, Key()),
        new EntryEnded(Now, Entry, SettlementKind.TimedOut, 0, null, Actor.System, null),
    ];

    private static readonly MoodMessageEvent[] MoodMessages =
    [
        new MoodMessageDelivered(
            Now,
            new MoodMessageFacts(
                MoodMessageType.PrivateCustom,
                MoodMessageSender.User,
                "mia",
                "bo",
                MoodKind.Happy,
                Membership.Vip,
                Now
            ),
            1
        ),
        new MoodMessageDelivered(
            Now,
            new MoodMessageFacts(
                MoodMessageType.EscalationAuto,
                MoodMessageSender.System,
                "mia",
                "bo",
                MoodKind.Sad,
                Membership.Vip,
                Now
            ),
            2
        ),
    ];

    [Fact]
    public async Task Each_kind_is_sent_by_somebody_with_all_that_its_texts_need()
    {
        var sent = await SentAsync();

        Assert.All(sent, AssertWhole);
        Assert.Equal(
            NotificationKinds.All.Select(static kind => kind.Name).Order(),
            sent.Select(static notification => notification.Kind).Distinct().Order()
        );
        Assert.All(sent, static notification => Assert.Equal((null, Now), (notification.Text, notification.At)));
    }

    [Fact]
    public async Task What_a_text_can_do_without_is_sent_by_some()
    {
        var sent = await SentAsync();

        foreach (var kind in NotificationKinds.All)
        {
            var facts = sent.Where(one => one.Kind == kind.Name).Select(static one => one.Facts!).ToList();
            foreach (var name in kind.Wordings.Values.SelectMany(static wording => wording.Optional))
            {
                Assert.Contains(facts, one => FactText.ValueOf(one, name) is not null);
                Assert.Contains(facts, one => FactText.ValueOf(one, name) is null);
            }
        }
    }

    [Fact, Trait("Spec", "BO-11")]
    public void Every_mood_has_a_Spanish_name()
    {
        foreach (var state in Enum.GetValues<MoodState>())
        {
            var told = MoodAudit.NotificationFor(new MoodExpired(Now, state))!;
            var spanish = FactText.Of(told.Facts!, "state", new Reader("es", "UTC"));
            Assert.Equal(state == MoodState.Neutral, spanish == told.Facts!.State);
        }
    }

    private static void AssertWhole(Notification notification)
    {
        var kind = NotificationKinds.All.Single(kind => kind.Name == notification.Kind);
        var known = kind.Wordings.Values.SelectMany(static wording => wording.Needed);
        Assert.All(known, name => Assert.NotNull(FactText.ValueOf(notification.Facts!, name)));
    }

    private static async Task<IReadOnlyList<Notification>> SentAsync()
    {
        var sent = new List<Notification>();
        var inbox = FakeGrain.Of<INotificationInboxGrain>(
            (_, arguments) =>
            {
                sent.Add((Notification)arguments[1]!);
                return Task.CompletedTask;
            }
        );
        var grains = FakeGrains.Of(_ => inbox);
        Effect[] effects =
        [
            .. Balances.SelectMany(static one => BalanceEffects.Of("bo", one, 2)),
            .. Wallets.SelectMany(static one => WalletEffects.Of("mia", one, 2)),
            .. Queues.SelectMany(static one => QueueEffects.Of("mia", one, 2)),
            .. EscalationEffects.Of(ConversationId.Parse("model.mia.bo"), new Escalated(Now, 3, MoodKind.Sad, 80, 1)),
            .. MoodMessages.SelectMany(static one => MoodMessageEffects.Of("m", one)),
            .. CallSenders.Effects(Now),
        ];
        foreach (
            var effect in effects.Where(static effect =>
                effect.Target.StartsWith(nameof(INotificationInboxGrain), StringComparison.Ordinal)
            )
        )
        {
            await effect.Send(grains, new Delivery("balance/bo", 1));
        }
        sent.AddRange(Moods.Select(static one => MoodAudit.NotificationFor(one)!));
        return sent;
    }

    private static IdempotencyKey Key() => IdempotencyKey.TryParse("key", out var key) ? key : default;
}
