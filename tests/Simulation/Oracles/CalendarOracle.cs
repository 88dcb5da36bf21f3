using Actors.GrainInterfaces.Performers;
using Actors.Grains.Performers;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// Nobody's time overlaps anybody else's, buffers included; what was confirmed to somebody is written down; what is offered in the
/// end is free; and a call is rated once. Reckoned from the events alone, by the simplest means.
/// </summary>
internal sealed class CalendarOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("performer").SelectMany(stream => CheckPerformer(stream, evidence));

    private static List<string> CheckPerformer(string stream, Evidence evidence)
    {
        var violations = new List<string>();
        PerformerEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<PerformerEvent>(recorded)),
        ];
        var taken = new List<TakenTime>();
        foreach (var @event in events)
        {
            taken.RemoveAll(time => time.Until <= @event.At);
            switch (@event)
            {
                case TimeTaken { Time: var time } took:
                    taken.RemoveAll(one => one.BookingId == time.BookingId || one.BookingId == took.Freed);
                    violations.AddRange(
                        taken
                            .Where(one => one.From < time.To && time.From < one.To && one.BookingId != time.InsteadOf)
                            .Select(one => $"{stream} has given {time} although there is {one}")
                    );
                    taken.Add(time);
                    break;
                case TimeFreed freed:
                    taken.RemoveAll(time => time.BookingId == freed.BookingId);
                    break;
            }
        }
        violations.AddRange(
            events
                .OfType<CallRated>()
                .GroupBy(static rated => rated.Rating.BookingId)
                .Where(static ratings => ratings.Count() > 1)
                .Select(ratings => $"{stream} has counted the rating of {ratings.Key} {ratings.Count()} times")
        );
        foreach (var operation in evidence.OperationsOn(stream))
        {
            violations.AddRange(CheckAnswer(operation, events, taken));
        }
        return violations;
    }

    private static IEnumerable<string> CheckAnswer(Operation operation, PerformerEvent[] events, List<TakenTime> end) =>
        operation switch
        {
            { Answer: not Answer.Done } => [],
            { Command: HoldTime hold } => WasTaken(events, hold.BookingId, hold.Start, hold.Duration, false)
                ? []
                : [$"{operation} was granted and is not written down"],
            { Command: ConfirmTime confirm } => WasTaken(
                events,
                confirm.BookingId,
                confirm.Start,
                confirm.Duration,
                true
            )
                ? []
                : [$"{operation} was confirmed and is not written down"],
            { Command: MoveTime move } => WasTaken(events, move.BookingId, move.Start, move.Duration, true)
                ? []
                : [$"{operation} was moved and is not written down"],
            { Command: SlotQuery query, Value: SlotList slots } =>
            [
                .. from start in slots.Starts
                from time in end
                where time.IsConfirmed && start < time.To && time.From < start.AddMinutes(query.Duration)
                select $"{operation} was offered {start:u} in spite of {time}",
            ],
            _ => [],
        };

    private static bool WasTaken(
        PerformerEvent[] events,
        string booking,
        DateTimeOffset start,
        int minutes,
        bool isConfirmed
    ) =>
        events
            .OfType<TimeTaken>()
            .Any(one =>
                one.Time.BookingId == booking && one.Time.IsAt(start, minutes) && (!isConfirmed || one.Time.IsConfirmed)
            );
}
