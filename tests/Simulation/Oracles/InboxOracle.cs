using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Moods;
using Actors.Grains.Notifications;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Each reset and each override is told to its model exactly once and in order, and what was read stays read.</summary>
internal sealed class InboxOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var people = evidence.StreamsOf("inbox").Concat(evidence.StreamsOf("mood")).Select(KeyOf).Distinct();
        return people.SelectMany(person => CheckInbox(person, evidence));
    }

    private static List<string> CheckInbox(string person, Evidence evidence)
    {
        var violations = new List<string>();
        var stream = $"inbox/{person}";
        InboxEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<InboxEvent>(recorded)),
        ];
        CheckReceived(person, [.. events.OfType<NotificationReceived>()], evidence, violations);
        var states = new List<ExpectedInbox> { ExpectedInbox.Empty };
        foreach (var @event in events)
        {
            states.Add(states[^1].After(@event));
        }
        var oracle = new StreamOracle<ExpectedInbox>(
            stream,
            states,
            (operation, count) => states[count].Fits(operation),
            static _ => null
        );
        violations.AddRange(oracle.Check(evidence.OperationsOn(stream)));
        return violations;
    }

    private static void CheckReceived(
        string person,
        NotificationReceived[] received,
        Evidence evidence,
        List<string> violations
    )
    {
        var moods = MoodHistory.Read(evidence, $"mood/{person}", []);
        MoodEvent[] told = [.. moods.Events.Where(static @event => @event is MoodExpired or MoodOverridden)];
        for (var index = 0; index < Math.Max(told.Length, received.Length); index++)
        {
            var (cause, notification) = (told.ElementAtOrDefault(index), received.ElementAtOrDefault(index));
            if (cause is null || notification is null || !Tells(notification, cause))
            {
                violations.Add(
                    $"inbox/{person} has {received.Length} notifications for {told.Length} resets and overrides; "
                        + $"number {index + 1} is {notification?.ToString() ?? "missing"}, caused by {cause?.ToString() ?? "nothing"}"
                );
                return;
            }
        }
    }

    private static bool Tells(NotificationReceived notification, MoodEvent cause) =>
        notification.At == cause.At
        && (
            cause is MoodOverridden overridden
                ? notification.Kind == "mood_overridden"
                    && notification.Text.Contains(overridden.Reason, StringComparison.Ordinal)
                : notification.Kind == "mood_reset"
        );

    private static string KeyOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <param name="Received">All of them, oldest first, with whether they were read.</param>
    private sealed record ExpectedInbox(IReadOnlyList<(NotificationReceived Item, bool IsRead)> Received)
    {
        public static readonly ExpectedInbox Empty = new([]);

        private int Unread => Received.Count(static entry => !entry.IsRead);

        public ExpectedInbox After(InboxEvent @event) =>
            @event switch
            {
                NotificationReceived received => new([.. Received, (received, false)]),
                NotificationsRead read => Mark(read.Ids.Contains),
                AllNotificationsRead all => Mark(id => id <= all.UpTo),
                _ => this,
            };

        public bool Fits(Operation operation) =>
            operation.Value switch
            {
                NotificationPage page => FitsPage(page, (ReadInbox)operation.Command),
                NotificationCount count => count.Unread == Unread && IsMarked((MarkNotificationsRead)operation.Command),
                _ => false,
            };

        private ExpectedInbox Mark(Func<long, bool> isMarked) =>
            new([.. Received.Select((entry, index) => (entry.Item, entry.IsRead || isMarked(index + 1)))]);

        private bool IsMarked(MarkNotificationsRead command) =>
            (command.Ids ?? []).All(id => id > Received.Count || Received[(int)id - 1].IsRead);

        private bool FitsPage(NotificationPage page, ReadInbox asked)
        {
            var newest = Received.Count - asked.Offset;
            return page.Total == Received.Count
                && page.Unread == Unread
                && page.Notifications.Count == Math.Clamp(newest, 0, asked.Limit)
                && page.Notifications.Select((item, index) => (item, id: newest - index))
                    .All(entry => FitsItem(entry.item, entry.id));
        }

        private bool FitsItem(NotificationItem item, int id)
        {
            var (expected, isRead) = Received[id - 1];
            return item == new NotificationItem(id, expected.Kind, expected.Text, expected.At, isRead);
        }
    }
}
