using System.Collections.Immutable;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Bookings;
using Actors.Grains.Durability;
using Actors.Grains.Performers;
using Actors.Grains.Tests.Bookings;
using CallEnded = Actors.Grains.Bookings.CallEnded;
using CallRated = Actors.Grains.Bookings.CallRated;

namespace Actors.Grains.Tests.Notifications;

/// <summary>Whatever private calls tell of, once each, and once without what a text can do without.</summary>
internal static class CallSenders
{
    private static readonly BookingFacts Facts = new(Calls.Terms, BookingStatus.Confirmed, Calls.Paid);

    public static IEnumerable<Effect> Effects(DateTimeOffset now) =>
        [
            .. Bookings(now).SelectMany(static one => BookingEffects.Of(Calls.Id, one with { Facts = Facts }, 2)),
            .. Calendars(now).SelectMany(static one => PerformerTellings.Of(Calls.Performer, one)),
        ];

    private static ImmutableArray<BookingEvent> Bookings(DateTimeOffset now) =>
        [
            new BookingConfirmed(now, Calls.User, Calls.Payment.Id, Calls.Price, null, null),
            new BookingMoved(now, Calls.User, Calls.Terms, Calls.Start, [], null),
            new MoveEnded(now, BookingEvent.System, TimelineRules.LapsedCode, null, null, null),
            new BookingExpired(now, BookingEvent.System, null),
            new MoneyReturned(now, BookingEvent.System, Calls.Payment.Id, Calls.Price, HoldsTime: false),
            new BookingCancelled(now, Calls.User, ActorRole.User, null, 100, null, null, WasConfirmed: true),
            new ReminderDue(now, BookingEvent.System, 60, IsSent: true, Next: null),
            new CallTimeOver(now, BookingEvent.System, Calls.Closes),
            Ended(now, CallEndKind.Completed, 0),
            Ended(now, CallEndKind.PerformerNoShow, 100),
            Ended(now, CallEndKind.UserNoShow, 0),
            Ended(now, CallEndKind.Incident, 100, Calls.Performer),
            Ended(now, CallEndKind.Incident, 0, flagged: null),
            Corrected(now, 50),
            Corrected(now, 0),
            new CallRated(now, Calls.User, new Rating(5, null, now), null),
        ];

    private static PerformerEvent[] Calendars(DateTimeOffset now) =>
        [
            new Actors.Grains.Performers.CallEnded(
                now,
                new CallEnd(Calls.Id, CallEndKind.PerformerNoShow, now),
                Pauses: true
            ),
            new PerformerReopened(now, Calls.Admin),
        ];

    private static CallEnded Ended(DateTimeOffset now, CallEndKind kind, int percent, string? flagged = null) =>
        new(
            now,
            Calls.User,
            new CallVerdict(kind, percent, now, []),
            kind == CallEndKind.Incident ? "harassment" : null,
            flagged
        );

    private static VerdictCorrected Corrected(DateTimeOffset now, int percent) =>
        new(
            now,
            "root",
            new CallVerdict(
                CallEndKind.Completed,
                percent,
                now,
                [],
                new VerdictCorrection(CallEndKind.UserNoShow, "root", "Why", now)
            )
        );
}
