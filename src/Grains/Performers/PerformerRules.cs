using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>What is decided about a performer beside her time. Pure: knows no grain, no clock, no storage.</summary>
public static class PerformerRules
{
    /// <summary>Within which no-shows count towards a pause.</summary>
    public static readonly TimeSpan NoShowWindow = TimeSpan.FromDays(30);

    /// <summary>Null when it is so already.</summary>
    public static Outcome<PerformerEvent?> Decide(
        Performer performer,
        SetPerformer command,
        string nameOtherwise,
        DateTimeOffset now
    ) => Decide(performer, command.Actor, SettingsRules.Change(performer.Settings, command, nameOtherwise), now);

    /// <summary>Null when it is so already.</summary>
    public static Outcome<PerformerEvent?> Decide(Performer performer, SetCalendar command, DateTimeOffset now) =>
        performer.Settings is null
            ? PerformerRefusals.PerformerNotFound
            : Decide(performer, command.Actor, SettingsRules.Change(performer.Settings, command), now);

    private static Outcome<PerformerEvent?> Decide(
        Performer performer,
        Actor actor,
        Outcome<PerformerSettings> settings,
        DateTimeOffset now
    ) =>
        performer.Removed ? PerformerRefusals.PerformerRemoved
        : settings.Refusal is not null ? settings.Refusal
        : SettingsRules.AreSame(performer.Settings, settings.Value!) ? (PerformerEvent?)null
        : new PerformerSet(now, actor, settings.Value!);

    public static Outcome<PerformerEvent?> DecideReopen(Performer performer, Actor actor, DateTimeOffset now) =>
        performer.Settings is null ? PerformerRefusals.PerformerNotFound
        : performer.PausedAt is null ? (PerformerEvent?)null
        : new PerformerReopened(now, actor);

    public static Outcome<PerformerEvent?> DecideRemoval(Performer performer, Actor actor, DateTimeOffset now) =>
        performer.Removed ? (PerformerEvent?)null
        : performer.Settings is null ? PerformerRefusals.PerformerNotFound
        : new PerformerRemoved(now, actor, performer.WasBooked);

    public static CallEnded DecideEnd(Performer performer, CallEnd end, int noShowsToPause, DateTimeOffset now)
    {
        var missed = WithEnd(performer, end);
        var pauses =
            end.Kind == CallEndKind.PerformerNoShow
            && performer.PausedAt is null
            && missed.Count(call => call.At > end.At - NoShowWindow) >= noShowsToPause;
        return new CallEnded(now, end, pauses);
    }

    public static Performer Evolve(Performer performer, PerformerEvent @event)
    {
        var at = performer with { Taken = performer.Taken.ForgetBefore(@event.At) };
        return @event switch
        {
            PerformerSet set => at with { Settings = set.Settings },
            PerformerRemoved { ForGood: false } => Performer.Nobody,
            PerformerRemoved => at with
            {
                Removed = true,
                Settings = at.Settings! with { Status = PerformerStatus.Inactive },
            },
            PerformerReopened => at with { PausedAt = null, Missed = [] },
            TimeTaken taken => at with
            {
                WasBooked = true,
                Taken = (taken.Freed is { } hold ? at.Taken.Without(hold) : at.Taken).With(taken.Time),
            },
            TimeFreed freed => at with { Taken = at.Taken.Without(freed.BookingId) },
            CallEnded ended => at with
            {
                Completed = at.Completed + Counts(ended.End, CallEndKind.Completed),
                NoShows = at.NoShows + Counts(ended.End, CallEndKind.PerformerNoShow),
                Missed = WithEnd(at, ended.End),
                PausedAt = ended.Pauses ? ended.At : at.PausedAt,
            },
            CallRated rated => at with
            {
                Ratings = at.Ratings + (rated.Rating.Previous is null ? 1 : 0),
                RatingSum = at.RatingSum + rated.Rating.Stars - (rated.Rating.Previous ?? 0),
            },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    public static PerformerView View(string id, Performer performer, PerformerSettings settings) =>
        new(
            id,
            settings.DisplayName,
            settings.TimeZone,
            settings.Weekly,
            settings.Exceptions,
            settings.CallTypes,
            settings.Durations,
            settings.MaxDuration,
            settings.BasePrice,
            settings.Prices,
            settings.BufferBefore,
            settings.BufferAfter,
            settings.Status,
            settings.NoticeMinutes,
            settings.HorizonDays,
            settings.Policy,
            performer.PausedAt,
            performer.Ratings,
            performer.RatingSum,
            performer.Completed,
            performer.NoShows
        );

    /// <summary>A correction takes back what was counted before.</summary>
    private static int Counts(CallEnd end, CallEndKind kind) =>
        (end.Kind == kind ? 1 : 0) - (end.Previous == kind ? 1 : 0);

    private static ImmutableArray<MissedCall> WithEnd(Performer performer, CallEnd end)
    {
        var others = performer.Missed.RemoveAll(call =>
            call.BookingId == end.BookingId || call.At <= end.At - NoShowWindow
        );
        return end.Kind == CallEndKind.PerformerNoShow ? others.Add(new MissedCall(end.BookingId, end.At)) : others;
    }
}
