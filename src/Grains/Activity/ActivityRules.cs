using System.Collections.Immutable;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Texts;

namespace Actors.Grains.Activity;

/// <summary>Everything that is decided about a person's activity. Pure: knows no grain, no clock, no storage.</summary>
public static class ActivityRules
{
    /// <summary>The category of streams that this is kept in, which has a log of its own whose old files go.</summary>
    public const string StreamCategory = "activity";

    public const int TopHours = 5;
    public const int Recent = 10;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(IActivityGrain.KeptDays);

    public static Outcome<ActivityEvent> Decide(LogActivity command, DateTimeOffset now)
    {
        var entry = command.Entry;
        var action = PlainText.Read(entry.Action, ActivityRefusals.MaxActionLength);
        var refusal =
            !Enum.IsDefined(entry.Category) ? ActivityRefusals.InvalidCategory
            : !action.IsOneLine ? ActivityRefusals.InvalidAction
            : entry.PetId is not null && !Identifier.IsValid(entry.PetId) ? CommonRefusals.InvalidPetId
            : JsonObjectText.IsBroken(entry.Details) ? ActivityRefusals.InvalidDetails
            : JsonObjectText.IsBroken(entry.Metadata) ? CommonRefusals.InvalidMetadata
            : null;
        return refusal is null ? new ActivityLogged(now, command.Actor, entry with { Action = action.Kept! }) : refusal;
    }

    public static ActivityEvent Decide(ActivityEntry entry, DateTimeOffset now) =>
        new ActivityLogged(now, Actor.System, entry);

    /// <summary>Null when the person has come on this day already.</summary>
    public static ActivityEvent? DecideSignIn(ActivityBook book, Actor actor, DateTimeOffset now) =>
        book.SignedInOn == DayOf(now) ? null : new PersonSignedIn(now, actor);

    public static ActivityBook Evolve(ActivityBook book, ActivityEvent @event) =>
        @event switch
        {
            ActivityLogged e => Count(book, e.Entry.Category, e.At),
            PersonSignedIn e => Count(book, ActivityCategory.Auth, e.At) with { SignedInOn = DayOf(e.At) },
            MovementsCounted e => Young(
                book with
                {
                    Days = e.Days.Aggregate(book.Days, Add),
                    MovementsUpTo = e.UpTo,
                },
                e.At
            ),
            ActivityErased e => book with { Days = [], ErasedAt = e.At },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>What is before is not shown: older than 90 days, than the days that are asked for, or erased.</summary>
    public static DateTimeOffset FirstShown(ActivityBook book, int days, DateTimeOffset now)
    {
        var first = new DateTimeOffset(DateOnly.FromDayNumber(FirstDay(days, now)), TimeOnly.MinValue, TimeSpan.Zero);
        var kept = now - Kept;
        first = first < kept ? kept : first;
        return book.ErasedAt is { } erased && erased > first ? erased : first;
    }

    public static long Total(ActivityBook book, ActivityCategory? category, int days, DateTimeOffset now) =>
        Within(book, days, now)
            .Sum(day => category is { } one ? (long)day.Categories[(int)one] : day.Categories.Sum(static n => (long)n));

    public static ActivityStatistics Summarize(
        ActivityBook book,
        IReadOnlyList<ActivityView> recent,
        int days,
        DateTimeOffset now,
        bool isComplete
    )
    {
        var counted = Within(book, days, now).ToDictionary(static day => day.Day);
        var first = FirstDay(days, now);
        return new ActivityStatistics(
            [
                .. Enum.GetValues<ActivityCategory>()
                    .Select(category => new CategoryCount(
                        category,
                        counted.Values.Sum(day => (long)day.Categories[(int)category])
                    )),
            ],
            recent,
            [
                .. Enumerable
                    .Range(first, days)
                    .Select(day => new DayActivity(
                        DateOnly.FromDayNumber(day),
                        counted.TryGetValue(day, out var found) ? found.Hours.Sum(static n => (long)n) : 0
                    )),
            ],
            [
                .. Enumerable
                    .Range(0, ActivityDay.HoursOfDay)
                    .Select(hour => new HourActivity(hour, counted.Values.Sum(day => (long)day.Hours[hour])))
                    .Where(static hour => hour.Count > 0)
                    .OrderByDescending(static hour => hour.Count)
                    .ThenBy(static hour => hour.Hour)
                    .Take(TopHours),
            ],
            isComplete
        );
    }

    /// <summary>One more on a day, as a part of a state or of what is to be added to one.</summary>
    public static ImmutableArray<ActivityDay> Add(
        ImmutableArray<ActivityDay> days,
        ActivityCategory category,
        DateTimeOffset at
    )
    {
        var index = PlaceOf(days, DayOf(at));
        var utc = at.UtcDateTime;
        return index >= 0
            ? days.SetItem(index, days[index].With(category, utc.Hour))
            : days.Insert(~index, ActivityDay.Empty(DayOf(at)).With(category, utc.Hour));
    }

    private static ImmutableArray<ActivityDay> Add(ImmutableArray<ActivityDay> days, ActivityDay more)
    {
        var index = PlaceOf(days, more.Day);
        return index >= 0 ? days.SetItem(index, days[index].Plus(more)) : days.Insert(~index, more);
    }

    private static ActivityBook Count(ActivityBook book, ActivityCategory category, DateTimeOffset at) =>
        Young(book with { Days = Add(book.Days, category, at) }, at);

    /// <summary>Without the days that are over by then: a state never has more than it shows.</summary>
    private static ActivityBook Young(ActivityBook book, DateTimeOffset now)
    {
        var oldest = DayOf(now) - IActivityGrain.KeptDays;
        var gone = 0;
        while (gone < book.Days.Length && book.Days[gone].Day < oldest)
        {
            gone++;
        }
        return gone == 0 ? book : book with { Days = book.Days.RemoveRange(0, gone) };
    }

    private static IEnumerable<ActivityDay> Within(ActivityBook book, int days, DateTimeOffset now)
    {
        var (first, last) = (FirstDay(days, now), DayOf(now));
        return book.Days.Where(day => day.Day >= first && day.Day <= last);
    }

    private static int FirstDay(int days, DateTimeOffset now) => DayOf(now) - days + 1;

    private static int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    /// <summary>Where the day is, or the complement of where it belongs. Nearly always it is the last one.</summary>
    private static int PlaceOf(ImmutableArray<ActivityDay> days, int day)
    {
        var place = days.Length;
        while (place > 0 && days[place - 1].Day > day)
        {
            place--;
        }
        return place > 0 && days[place - 1].Day == day ? place - 1 : ~place;
    }
}
