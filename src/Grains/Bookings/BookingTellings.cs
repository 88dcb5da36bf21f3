using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.Activity;
using Actors.Grains.Durability;
using Actors.Grains.Notifications;

namespace Actors.Grains.Bookings;

/// <summary>Who is told of an event in words, and what is written down among what the two have done.</summary>
internal static class BookingTellings
{
    public static IEnumerable<Effect> Of(string id, BookingEvent @event, BookingFacts facts) =>
        @event switch
        {
            BookingConfirmed e =>
            [
                .. Both(NotificationKinds.BookingConfirmed, e.At, facts),
                .. Done(id, facts, "call_booked"),
            ],
            BookingMoved e => [.. Both(NotificationKinds.BookingMoved, e.At, facts), .. Done(id, facts, "call_moved")],
            MoveEnded e when e.Code == TimelineRules.LapsedCode || e.Returned is not null =>
            [
                User(NotificationKinds.BookingMoveLapsed, e.At, facts),
            ],
            BookingExpired e => [User(NotificationKinds.BookingExpired, e.At, facts)],
            MoneyReturned e => [User(NotificationKinds.BookingMoneyReturned, e.At, facts)],
            BookingCancelled e => [.. Cancelled(e, facts), .. Done(id, facts, "call_cancelled")],
            ReminderDue { IsSent: true } e => Both(NotificationKinds.BookingReminder, e.At, facts),
            CallTimeOver e => Both(NotificationKinds.BookingTimeOver, e.At, facts, until: e.Closes),
            CallEnded e => [.. Ended(id, e, facts), .. Done(id, facts, ActionOf(e.Verdict.Kind))],
            VerdictCorrected e => Both(
                NotificationKinds.BookingCorrected,
                e.At,
                facts,
                Back(e.Verdict.RefundPercent),
                reason: e.Verdict.Correction!.Reason
            ),
            CallRated e =>
            [
                NotificationEffects.Tell(
                    facts.Terms.PerformerId,
                    NotificationKinds.BookingRated.Told(e.At, new(Person: facts.Terms.UserId, Count: e.Rating.Stars))
                ),
            ],
            _ => [],
        };

    /// <summary>Whoever did it knows; what was not paid for concerns nobody but the user.</summary>
    private static IEnumerable<Effect> Cancelled(BookingCancelled e, BookingFacts facts)
    {
        var percent = e.WasConfirmed ? Back(e.RefundPercent) : null;
        if (e.WasConfirmed || e.Role != ActorRole.User)
        {
            yield return User(NotificationKinds.BookingCancelled, e.At, facts, percent);
        }
        if (e.WasConfirmed && e.Role != ActorRole.Model)
        {
            yield return Performer(NotificationKinds.BookingCancelled, e.At, facts);
        }
    }

    private static IEnumerable<Effect> Ended(string id, CallEnded e, BookingFacts facts)
    {
        var back = Back(e.Verdict.RefundPercent);
        return e.Verdict.Kind switch
        {
            CallEndKind.Completed => [User(NotificationKinds.BookingCompleted, e.At, facts)],
            CallEndKind.PerformerNoShow =>
            [
                User(NotificationKinds.BookingLetDown, e.At, facts, back),
                Performer(NotificationKinds.BookingMissed, e.At, facts, back),
                NoShowAlert(id, e, facts),
            ],
            CallEndKind.UserNoShow =>
            [
                User(NotificationKinds.BookingMissed, e.At, facts, back),
                Performer(NotificationKinds.BookingLetDown, e.At, facts, back),
            ],
            CallEndKind.BothAbsent =>
            [
                User(NotificationKinds.BookingMissed, e.At, facts, back),
                Performer(NotificationKinds.BookingMissed, e.At, facts, back),
                NoShowAlert(id, e, facts),
            ],
            _ =>
            [
                .. Both(NotificationKinds.BookingReported, e.At, facts, back),
                AdminAlerts.Tell(
                    NotificationKinds.AlertIncident.Told(e.At, new(Item: id, Reason: e.Incident, Person: e.Flagged))
                ),
            ],
        };
    }

    private static Effect NoShowAlert(string id, CallEnded e, BookingFacts facts) =>
        AdminAlerts.Tell(
            NotificationKinds.AlertNoShow.Told(
                e.At,
                new(Person: facts.Terms.PerformerId, Item: id, Until: facts.Terms.Start)
            )
        );

    private static IEnumerable<Effect> Both(
        NotificationKind kind,
        DateTimeOffset at,
        BookingFacts facts,
        int? percent = null,
        DateTimeOffset? until = null,
        string? reason = null
    ) => [User(kind, at, facts, percent, until, reason), Performer(kind, at, facts, percent, until, reason)];

    private static Effect User(
        NotificationKind kind,
        DateTimeOffset at,
        BookingFacts facts,
        int? percent = null,
        DateTimeOffset? until = null,
        string? reason = null
    ) =>
        NotificationEffects.Tell(
            facts.Terms.UserId,
            kind.Told(at, Facts(facts.Terms.PerformerId, facts, percent, until, reason))
        );

    private static Effect Performer(
        NotificationKind kind,
        DateTimeOffset at,
        BookingFacts facts,
        int? percent = null,
        DateTimeOffset? until = null,
        string? reason = null
    ) =>
        NotificationEffects.Tell(
            facts.Terms.PerformerId,
            kind.Told(at, Facts(facts.Terms.UserId, facts, percent, until, reason))
        );

    private static NotificationFacts Facts(
        string person,
        BookingFacts facts,
        int? percent,
        DateTimeOffset? until,
        string? reason
    ) => new(Person: person, Percent: percent, Until: until ?? facts.Terms.Start, Reason: reason);

    private static int? Back(int refundPercent) => refundPercent > 0 ? refundPercent : null;

    private static IEnumerable<Effect> Done(string id, BookingFacts facts, string action)
    {
        var entry = new ActivityEntry(
            ActivityCategory.Social,
            action,
            Details: JsonSerializer.Serialize(
                new BookingTold(id, facts.Terms.UserId, facts.Terms.PerformerId),
                BookingToldJson.Default.BookingTold
            )
        );
        return [ActivityEffects.To(facts.Terms.UserId, entry), ActivityEffects.To(facts.Terms.PerformerId, entry)];
    }

    private static string ActionOf(CallEndKind kind) =>
        kind switch
        {
            CallEndKind.Completed => "call_completed",
            CallEndKind.Incident => "call_reported",
            _ => "call_missed",
        };
}

internal sealed record BookingTold(string BookingId, string UserId, string PerformerId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BookingTold))]
internal sealed partial class BookingToldJson : JsonSerializerContext;
