using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Notifications;
using Actors.Grains.Texts;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Whatever a person must be told is told exactly once and in order, and what was read stays read.</summary>
internal sealed class InboxOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var people = Told.Sources.SelectMany(evidence.StreamsOf).Concat(evidence.StreamsOf("inbox")).Select(KeyOf);
        return people.Distinct().SelectMany(person => CheckInbox(person, evidence));
    }

    private static List<string> CheckInbox(string person, Evidence evidence)
    {
        var violations = new List<string>();
        var stream = $"inbox/{person}";
        InboxEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<InboxEvent>(recorded)),
        ];
        CheckReceived(person, [.. events.OfType<NotificationTold>()], evidence, violations);
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

    /// <summary>Each grain that tells a person something arrives whole and in its order; between them any order will do.</summary>
    private static void CheckReceived(
        string person,
        NotificationTold[] received,
        Evidence evidence,
        List<string> violations
    )
    {
        foreach (var (kinds, told) in Told.To(person, evidence))
        {
            var caused = told;
            Told[] found = [.. received.Where(told => kinds.Contains(told.Kind)).Select(Told.Of)];
            if (Told.HaveNoOrder(kinds))
            {
                (caused, found) = (Sorted(caused), Sorted(found));
            }
            var difference = Enumerable
                .Range(0, Math.Max(caused.Length, found.Length))
                .Where(index => caused.ElementAtOrDefault(index) != found.ElementAtOrDefault(index))
                .Cast<int?>()
                .FirstOrDefault();
            if (difference is { } index)
            {
                violations.Add(
                    $"inbox/{person} has {found.Length} notifications of {caused.Length}; number {index + 1} is "
                        + $"{found.ElementAtOrDefault(index)?.ToString() ?? "missing"}, caused by "
                        + $"{caused.ElementAtOrDefault(index)?.ToString() ?? "nothing"}"
                );
            }
        }
    }

    private static Told[] Sorted(Told[] told) => [.. told.OrderBy(static one => (one.At, one.Kind, one.Facts.Person))];

    private static string KeyOf(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <param name="Received">All of them, oldest first, with whether they were read.</param>
    private sealed record ExpectedInbox(IReadOnlyList<(NotificationTold Item, bool IsRead)> Received)
    {
        public static readonly ExpectedInbox Empty = new([]);

        private int Unread => Received.Count(static entry => !entry.IsRead);

        public ExpectedInbox After(InboxEvent @event) =>
            @event switch
            {
                NotificationTold received => new([.. Received, (received, false)]),
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
            var (at, kind, facts) = expected;
            return item with { Text = "" } == new NotificationItem(id, kind, "", at, isRead, facts)
                && Languages.All.Any(language =>
                    item.Text == NotificationKinds.Say(kind, facts, new Reader(language, "UTC"))
                );
        }
    }
}
