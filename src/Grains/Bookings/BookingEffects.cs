using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moderation;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Durability;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Bookings;

/// <summary>
/// What follows from an event of a booking: for the performer's time, the money, the room, the lists, and whom it is told.
/// </summary>
internal static class BookingEffects
{
    private static readonly SetUserProfile Flag = new(Actor.System, Flagged: true);

    public static IReadOnlyList<Effect> Of(string id, BookingEvent @event, long version) =>
        @event.Facts is { } facts
            ?
            [
                .. Within(id, @event, facts),
                .. ToLists(id, @event, facts, version),
                .. BookingTellings.Of(id, @event, facts),
                .. ToApps(id, @event, version),
            ]
            : Given(id, @event);

    /// <summary>A request that came to nothing: the hold may be there although nobody was told.</summary>
    private static IReadOnlyList<Effect> Given(string id, BookingEvent @event) =>
        @event is BookingRefused refused ? [Free(refused.Wish.PerformerId, id)] : [];

    private static IEnumerable<Effect> Within(string id, BookingEvent @event, BookingFacts facts) =>
        @event switch
        {
            PaymentBegun { Replaces: { } replaced } => [Expire(replaced)],
            BookingConfirmed e => [.. Expired(e.OpenPayment), Arrange(id, facts)],
            MoneyReturned e =>
            [
                Settle(e.PaymentId, BookingRules.WholePercent, "no_call"),
                .. e.HoldsTime ? [] : (Effect[])[Free(facts.Terms.PerformerId, id)],
            ],
            BookingExpired e => [Free(facts.Terms.PerformerId, id), .. Expired(e.OpenPayment)],
            BookingCancelled e =>
            [
                Free(facts.Terms.PerformerId, id),
                .. Dropped(id, facts, e.OpenPayment, e.OpenHold),
                .. Settled(facts, e.RefundPercent, "cancelled"),
                .. e.WasConfirmed ? [Close(id, "cancelled")] : (Effect[])[],
            ],
            MoveEnded e =>
            [
                .. Dropped(id, facts, e.OpenPayment, e.OpenHold),
                .. e.Returned is { } returned
                    ? [Settle(returned, BookingRules.WholePercent, "not_moved")]
                    : (Effect[])[],
            ],
            BookingMoved e => [.. e.Reductions.Select(Reduce), Arrange(id, facts)],
            CallEnded e =>
            [
                .. Dropped(id, facts, e.OpenPayment, e.OpenHold),
                Close(id, e.Incident is null ? "over" : "incident"),
                .. Settled(facts, e.Verdict.RefundPercent, ReasonOf(e.Verdict.Kind)),
                NoteEnd(id, facts, new CallEnd(id, CountedAs(e, facts), e.At)),
                .. Reported(id, e, facts),
            ],
            VerdictCorrected e =>
            [
                .. Settled(facts, e.Verdict.RefundPercent, "corrected", isCorrection: true),
                NoteEnd(id, facts, new CallEnd(id, e.Verdict.Kind, e.At, e.Verdict.Correction!.Was)),
            ],
            CallRated e => [Rate(id, facts, e)],
            _ => [],
        };

    /// <summary>What only the booking itself needs to know is in no list.</summary>
    private static IReadOnlyList<Effect> ToLists(string id, BookingEvent @event, BookingFacts facts, long version)
    {
        if (@event is ReminderDue or AttendanceNoted or CallTimeOver or BookingRulesAccepted or MoveBegun or MovePaid)
        {
            return [];
        }
        var now = Summary(id, @event, facts, version);
        return BookingIndexEffects.Of(
            @event switch
            {
                BookingHeld => null,
                BookingMoved moved => now with { Start = moved.OldStart },
                _ => now,
            },
            now
        );
    }

    private static BookingSummary Summary(string id, BookingEvent @event, BookingFacts facts, long version)
    {
        var (terms, money) = (facts.Terms, facts.Money);
        var kept = money?.Payments.Where(static payment => payment.Paid is not null).ToList() ?? [];
        var paid =
            kept.Count == 0
                ? (GrainInterfaces.Ledger.Money?)null
                : kept[0].Paid!.Value with
                {
                    // What was paid in another currency is another payment's to tell.
                    Amount = kept.Where(payment => payment.Paid!.Value.Currency == kept[0].Paid!.Value.Currency)
                        .Sum(static payment => payment.Paid!.Value.Amount),
                };
        return new BookingSummary(
            id,
            terms.UserId,
            terms.PerformerId,
            terms.PerformerName,
            facts.Status,
            facts.Verdict,
            terms.Start,
            terms.Wish.Duration,
            terms.Wish.Type,
            terms.Price,
            (kept.FirstOrDefault() ?? money?.Payments.LastOrDefault())?.Provider,
            paid,
            kept.Where(payment => payment.Paid!.Value.Currency == paid?.Currency)
                .Sum(static payment => payment.Refunded),
            terms.Sequence,
            @event.At,
            version,
            Gone: false
        );
    }

    private static IEnumerable<Effect> ToApps(string id, BookingEvent @event, long version) =>
        @event.Told == true ? [WebhookEffects.Tell(id, BookingNews.Of(id, @event, version))] : [];

    private static Effect Free(string performerId, string bookingId) =>
        Effect.To<IPerformerGrain>(performerId, (performer, delivery) => performer.Free(delivery, bookingId));

    private static Effect NoteEnd(string id, BookingFacts facts, CallEnd end) =>
        Effect.To<IPerformerGrain>(facts.Terms.PerformerId, (performer, delivery) => performer.NoteEnd(delivery, end));

    /// <summary>What she has reported herself does not count against the performer.</summary>
    private static CallEndKind CountedAs(CallEnded ended, BookingFacts facts) =>
        ended.Incident is not null && ended.Flagged == facts.Terms.UserId ? CallEndKind.Completed : ended.Verdict.Kind;

    private static Effect Rate(string id, BookingFacts facts, CallRated rated)
    {
        var rating = new CallRating(id, rated.Rating.Stars, rated.Previous);
        return Effect.To<IPerformerGrain>(
            facts.Terms.PerformerId,
            (performer, delivery) => performer.NoteRating(delivery, rating)
        );
    }

    private static Effect Expire(string paymentId) =>
        Effect.To<IPaymentGrain>(paymentId, static (payment, delivery) => payment.Expire(delivery));

    private static IEnumerable<Effect> Expired(string? paymentId) => paymentId is null ? [] : [Expire(paymentId)];

    /// <summary>What another time has left behind.</summary>
    private static IEnumerable<Effect> Dropped(string id, BookingFacts facts, string? payment, string? hold) =>
        hold is null ? Expired(payment) : [Free(facts.Terms.PerformerId, $"{id}-{hold}"), .. Expired(payment)];

    private static IEnumerable<Effect> Settled(
        BookingFacts facts,
        int refundPercent,
        string reason,
        bool isCorrection = false
    ) => facts.Money?.Kept.Select(payment => Settle(payment.Id, refundPercent, reason, isCorrection)) ?? [];

    private static Effect Settle(string paymentId, int refundPercent, string reason, bool isCorrection = false)
    {
        var command = new SettlePayment(refundPercent, reason, isCorrection);
        return Effect.To<IPaymentGrain>(paymentId, (payment, delivery) => payment.Settle(delivery, command));
    }

    private static Effect Reduce(ShareReduction reduction)
    {
        const string Reason = "moved";
        if (reduction.NewShare == 0)
        {
            return Settle(reduction.PaymentId, BookingRules.WholePercent, Reason);
        }
        var command = new ReducePayment(reduction.NewShare, Reason);
        return Effect.To<IPaymentGrain>(reduction.PaymentId, (payment, delivery) => payment.Reduce(delivery, command));
    }

    private static Effect Arrange(string id, BookingFacts facts)
    {
        var terms = facts.Terms;
        var command = new ArrangeRoom(
            id,
            terms.UserId,
            terms.PerformerId,
            terms.Start,
            terms.End,
            terms.Closes,
            terms.Wish.Type == CallType.Video,
            terms.PerformerName
        );
        return Effect.To<IRoomGrain>(id, (room, delivery) => room.Arrange(delivery, command));
    }

    private static Effect Close(string id, string reason) =>
        Effect.To<IRoomGrain>(id, (room, delivery) => room.Close(delivery, reason));

    /// <summary>An admin reports nobody in particular of the two.</summary>
    private static IEnumerable<Effect> Reported(string id, CallEnded ended, BookingFacts facts)
    {
        if (ended is not { Incident: { } category, Flagged: { } flagged })
        {
            yield break;
        }
        var notice = new IncidentNotice(id, ended.By, flagged, category, ended.At);
        yield return Effect.To<IIncidentDeskGrain>(
            IIncidentDeskGrain.OnlyKey,
            (desk, delivery) => desk.Receive(delivery, notice)
        );
        if (flagged == facts.Terms.UserId)
        {
            yield return Effect.To<IUserProfileGrain>(flagged, static (profile, _) => profile.Set(Flag));
        }
    }

    private static string ReasonOf(CallEndKind kind) =>
        kind switch
        {
            CallEndKind.Completed => "completed",
            CallEndKind.PerformerNoShow => "performer_no_show",
            CallEndKind.UserNoShow => "user_no_show",
            CallEndKind.BothAbsent => "both_absent",
            _ => "incident",
        };
}
