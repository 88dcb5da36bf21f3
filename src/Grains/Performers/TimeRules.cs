using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>
/// Who gets which of a performer's time. Pure. A hold counts until it lapses, by the moment of the decision; whether its end
/// was written down does not matter.
/// </summary>
public static class TimeRules
{
    /// <summary>Null when the booking has the time already, for longer than is asked.</summary>
    public static Outcome<TimeTaken?> Decide(Performer performer, HoldTime command, int gridMinutes, DateTimeOffset now)
    {
        if (RefuseKind(performer, command.Duration, command.Type) is { } refusal)
        {
            return refusal;
        }
        var own = performer.Taken.Find(command.BookingId);
        if (own is { IsConfirmed: true })
        {
            return own.IsAt(command.Start, command.Duration) ? (TimeTaken?)null : PerformerRefusals.NotAvailable;
        }
        if (command.Until <= now)
        {
            return PerformerRefusals.NotAvailable;
        }
        if (own is not null && own.IsAt(command.Start, command.Duration) && own.HoldsAt(now))
        {
            return own.Until == command.Until ? (TimeTaken?)null : Hold(own with { Until = command.Until }, now);
        }
        var wanted = Take(performer, command.BookingId, command.Start, command.Duration, command.Type) with
        {
            Until = command.Until,
            InsteadOf = command.InsteadOf,
        };
        return IsOffered(performer, wanted, gridMinutes, now) ? Hold(wanted, now) : PerformerRefusals.NotAvailable;
    }

    /// <summary>Null when it is so already.</summary>
    public static Outcome<TimeTaken?> Decide(Performer performer, ConfirmTime command, DateTimeOffset now)
    {
        if (performer.Settings is null)
        {
            return PerformerRefusals.PerformerNotFound;
        }
        var own = performer.Taken.Find(command.BookingId);
        var isThere = own is not null && own.IsAt(command.Start, command.Duration);
        if (own is { IsConfirmed: true })
        {
            return isThere ? (TimeTaken?)null : PerformerRefusals.NotAvailable;
        }
        var wanted = isThere
            ? own! with
            {
                Until = null,
                InsteadOf = null,
            }
            : Take(performer, command.BookingId, command.Start, command.Duration, command.Type);
        var isHeld = isThere && own!.HoldsAt(now) && now < own.End;
        return isHeld || CanRetake(performer, wanted, now)
            ? new TimeTaken(now, wanted)
            : PerformerRefusals.NotAvailable;
    }

    /// <summary>Null when the booking has that time already.</summary>
    public static Outcome<TimeTaken?> Decide(Performer performer, MoveTime command, int gridMinutes, DateTimeOffset now)
    {
        if (performer.Settings is null)
        {
            return PerformerRefusals.PerformerNotFound;
        }
        if (performer.Taken.Find(command.BookingId) is not { IsConfirmed: true } own)
        {
            return PerformerRefusals.NotAvailable;
        }
        if (own.IsAt(command.Start, command.Duration))
        {
            return (TimeTaken?)null;
        }
        if (RefuseKind(performer, command.Duration, own.Type) is { } refusal)
        {
            return refusal;
        }
        var hold = command.Hold is null ? null : performer.Taken.Find(command.Hold);
        if (hold is not null && hold.IsAt(command.Start, command.Duration) && hold.HoldsAt(now))
        {
            // With the buffers that were free when it was held, whatever they are for new calls meanwhile.
            var held = hold with
            {
                BookingId = own.BookingId,
                Type = own.Type,
                Until = null,
                InsteadOf = null,
            };
            return new TimeTaken(now, held, hold.BookingId);
        }
        var wanted = Take(performer, own.BookingId, command.Start, command.Duration, own.Type) with
        {
            InsteadOf = command.Hold,
        };
        return IsOffered(performer, wanted, gridMinutes, now)
            ? new TimeTaken(now, wanted with { InsteadOf = null }, hold?.BookingId)
            : PerformerRefusals.NotAvailable;
    }

    /// <summary>Null when the booking has none.</summary>
    public static TimeFreed? DecideFree(Performer performer, string bookingId, DateTimeOffset now) =>
        performer.Taken.Find(bookingId) is null ? null : new TimeFreed(now, bookingId);

    public static Outcome<SlotList> Slots(Performer performer, SlotQuery query, int gridMinutes, DateTimeOffset now)
    {
        if (RefuseKind(performer, query.Duration, query.Type) is { } refusal)
        {
            return refusal;
        }
        var settings = performer.Settings!;
        var call = Take(performer, "", query.From, query.Duration, query.Type);
        var starts = performer.IsOpen ? Starts(performer, call, query.From, query.To, gridMinutes, now) : [];
        return new SlotList(starts, settings.PriceOf(query.Duration));
    }

    /// <summary>What a call of this kind costs now; a refusal for one that is not offered.</summary>
    public static Outcome<CallOffer> Offer(string performerId, Performer performer, int minutes, CallType? type)
    {
        if (RefuseKind(performer, minutes, type) is { } refusal)
        {
            return refusal;
        }
        var settings = performer.Settings!;
        return new CallOffer(
            performerId,
            settings.DisplayName,
            settings.TimeZone,
            settings.PriceOf(minutes),
            settings.Policy
        );
    }

    private static Refusal? RefuseKind(Performer performer, int minutes, CallType? type) =>
        performer.Settings is not { } settings ? PerformerRefusals.PerformerNotFound
        : !settings.Durations.Contains(minutes) ? PerformerRefusals.InvalidDuration
        : type is { } one && !settings.CallTypes.Contains(one) ? PerformerRefusals.InvalidCallType
        : null;

    private static TakenTime Take(
        Performer performer,
        string bookingId,
        DateTimeOffset start,
        int minutes,
        CallType type
    ) => new(bookingId, start, minutes, type, performer.Settings!.BufferBefore, performer.Settings.BufferAfter);

    private static TimeTaken Hold(TakenTime time, DateTimeOffset now) => new(now, time);

    /// <summary>The hold has lapsed or is gone; whoever paid for it late gets it if it still makes sense.</summary>
    private static bool CanRetake(Performer performer, TakenTime wanted, DateTimeOffset now) =>
        performer.IsOpen
        && now < wanted.Start
        && IsWithinReach(wanted, now)
        && performer.Taken.IsFree(wanted.From, wanted.To, now, wanted.BookingId, wanted.InsteadOf);

    private static bool IsOffered(Performer performer, TakenTime wanted, int gridMinutes, DateTimeOffset now) =>
        performer.IsOpen
        && IsWithinReach(wanted, now)
        && Starts(performer, wanted, wanted.Start, wanted.Start.AddTicks(1), gridMinutes, now).Contains(wanted.Start);

    /// <summary>Keeps times at the end of all calendars from what reckons with them.</summary>
    private static bool IsWithinReach(TakenTime wanted, DateTimeOffset now) =>
        wanted.Start <= now.AddDays(PerformerLimits.LongestHorizonDays);

    private static IReadOnlyList<DateTimeOffset> Starts(
        Performer performer,
        TakenTime call,
        DateTimeOffset from,
        DateTimeOffset to,
        int gridMinutes,
        DateTimeOffset now
    )
    {
        var settings = performer.Settings!;
        var earliest = now.AddMinutes(settings.NoticeMinutes);
        var latest = now.AddDays(settings.HorizonDays);
        (from, to) = (from < earliest ? earliest : from, to > latest ? latest : to);
        if (from >= to)
        {
            return [];
        }
        var busy = performer.Taken.BusyBetween(
            from.AddMinutes(-call.Before),
            to.AddMinutes(call.Minutes + call.After),
            now,
            call.BookingId,
            call.InsteadOf
        );
        var shape = new SlotShape(call.Minutes, call.Before, call.After, gridMinutes);
        return SlotRules.Starts(settings.Calendar, shape, from, to, busy);
    }
}
