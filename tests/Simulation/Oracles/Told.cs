using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.MoodMessages;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Moods;
using Actors.Grains.Notifications;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>One thing that a person must be told, and of what.</summary>
internal sealed record Told(string Kind, DateTimeOffset At, NotificationFacts Facts)
{
    private static readonly string[] OfMoods = ["mood_reset", "mood_overridden"];
    private static readonly string[] OfBalances =
    [
        "tokens_credited",
        "tokens_debited",
        "purchase_refunded",
        "tip_refunded",
        "device_failed",
    ];
    private static readonly string[] OfWallets = ["tip_received", "purchase", "payout"];
    private static readonly string[] OfOwnQueue = ["queue_entry", "queue_cancelled"];
    private static readonly string[] OfOthersQueues =
    [
        "queue_started",
        "queue_delivered",
        "queue_rejected",
        "queue_timed_out",
    ];

    private static readonly string[] OfMoodMessages = ["mood_message", "mood_message_of_system"];
    private static readonly string[] OfEscalations = ["escalation"];

    /// <summary>The kinds of streams whose owners tell a person something.</summary>
    public static readonly IReadOnlyList<string> Sources = ["mood", "balance", "wallet", "queue"];

    public static Told Of(NotificationTold told) => new(told.Kind, told.At, told.Facts);

    /// <summary>Several grains tell of the same kinds, and between them there is no order.</summary>
    public static bool HaveNoOrder(string[] kinds) =>
        kinds == OfOthersQueues || kinds == OfMoodMessages || kinds == OfEscalations;

    /// <summary>What each source must have told, with the kinds of notifications that only it sends.</summary>
    public static IEnumerable<(string[] Kinds, Told[] Told)> To(string person, Evidence evidence) =>
        [
            (OfMoods, [.. MoodHistory.Read(evidence, $"mood/{person}", []).Events.Select(Of).OfType<Told>()]),
            (OfBalances, [.. Read<BalanceEvent>(evidence, $"balance/{person}").Select(Of).OfType<Told>()]),
            (OfWallets, [.. Read<WalletEvent>(evidence, $"wallet/{person}").Select(Of).OfType<Told>()]),
            (OfOwnQueue, [.. Read<QueueEvent>(evidence, $"queue/{person}").Select(OfOwn).OfType<Told>()]),
            (OfOthersQueues, [.. Queues(evidence).Select(@event => OfOthers(@event, person)).OfType<Told>()]),
            (OfEscalations, [.. Escalations(evidence, person)]),
            (OfMoodMessages, [.. MoodMessages(evidence).Select(@event => Of(@event, person)).OfType<Told>()]),
        ];

    private static Told? Of(MoodEvent @event) =>
        @event switch
        {
            MoodOverridden e => new Told(
                "mood_overridden",
                e.At,
                new(State: Name(e.State), Reason: e.Reason, Until: e.ExpiresAt)
            ),
            MoodExpired e => new Told("mood_reset", e.At, new(State: Name(e.PreviousState))),
            _ => null,
        };

    private static Told? Of(BalanceEvent @event) =>
        @event switch
        {
            TokensCredited e => new Told("tokens_credited", e.At, new(e.Tokens.Count)),
            DeviceFailureNoted e => new Told("device_failed", e.At, new()),
            TokensDebited e => new Told("tokens_debited", e.At, new(e.Tokens.Count, Reason: e.Reason)),
            TokensRefunded e => new Told(
                e.OfTip == true ? "tip_refunded" : "purchase_refunded",
                e.At,
                new(e.Tokens.Count, Reason: e.Reason)
            ),
            _ => null,
        };

    private static Told? Of(WalletEvent @event) =>
        @event switch
        {
            TokensEarned { Earning: { Purchase: null } tip } => new Told(
                "tip_received",
                tip.At,
                new(tip.Tokens.Count, Person: tip.UserId, Note: tip.Note)
            ),
            SalesAnnounced e => new Told("purchase", e.At, new(e.Tokens.Count, e.Count)),
            TokensPaidOut e => new Told("payout", e.At, new(e.Tokens.Count)),
            _ => null,
        };

    private static IEnumerable<QueueEvent> Queues(Evidence evidence) =>
        evidence.StreamsOf("queue").SelectMany(stream => Read<QueueEvent>(evidence, stream));

    private static Told? OfOwn(QueueEvent @event) =>
        @event switch
        {
            EntryQueued e => new Told("queue_entry", e.At, new(Item: e.Entry.ItemName)),
            EntryEnded { Kind: SettlementKind.Cancelled } e => new Told(
                "queue_cancelled",
                e.At,
                new(Item: e.Entry.ItemName)
            ),
            _ => null,
        };

    private static Told? OfOthers(QueueEvent @event, string person) =>
        @event switch
        {
            EntryStarted e when e.Entry.UserId == person => new Told(
                "queue_started",
                e.At,
                new(Item: e.Entry.ItemName)
            ),
            EntryEnded e when e.Entry.UserId == person => e.Kind switch
            {
                SettlementKind.Delivered => new Told(
                    "queue_delivered",
                    e.At,
                    new(Item: e.Entry.ItemName, Percent: e.DeliverPercent < 100 ? e.DeliverPercent : null)
                ),
                SettlementKind.Rejected => new Told(
                    "queue_rejected",
                    e.At,
                    new(Item: e.Entry.ItemName, Reason: e.Reason)
                ),
                SettlementKind.TimedOut => new Told("queue_timed_out", e.At, new(Item: e.Entry.ItemName)),
                _ => null,
            },
            _ => null,
        };

    private static IEnumerable<MoodMessageDelivered> MoodMessages(Evidence evidence) =>
        evidence
            .StreamsOf("mood-message")
            .SelectMany(stream => Read<MoodMessageEvent>(evidence, stream))
            .OfType<MoodMessageDelivered>();

    private static Told? Of(MoodMessageDelivered delivered, string person)
    {
        var (user, model) = (delivered.Facts.UserId, delivered.Facts.ModelId);
        var (sender, reader) = delivered.Facts.Sender == MoodMessageSender.User ? (user, model) : (model, user);
        var kind = delivered.Facts.Sender == MoodMessageSender.System ? "mood_message_of_system" : "mood_message";
        return reader == person ? new Told(kind, delivered.At, new(Person: sender)) : null;
    }

    private static IEnumerable<Told> Escalations(Evidence evidence, string person) =>
        from stream in evidence.StreamsOf("escalation")
        where stream.StartsWith($"escalation/model.{person}.", StringComparison.Ordinal)
        from escalated in Read<EscalationEvent>(evidence, stream).OfType<Escalated>()
        let state = escalated.Mood.ToString().ToLowerInvariant()
        select new Told("escalation", escalated.At, new(Person: stream.Split('.')[^1], State: state));

    private static string Name(MoodState state) =>
        state switch
        {
            MoodState.Positive => "positive",
            MoodState.Negative => "negative",
            _ => "neutral",
        };

    private static IEnumerable<TEvent> Read<TEvent>(Evidence evidence, string stream) =>
        evidence.EventsOf(stream).Select(static recorded => EventJson.Read<TEvent>(recorded));
}
