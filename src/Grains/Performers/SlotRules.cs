using NodaTime;

namespace Actors.Grains.Performers;

/// <summary>Which starts are free. Pure.</summary>
public static class SlotRules
{
    /// <summary>
    /// Starts from <paramref name="from"/> to before <paramref name="to"/>, in order: the whole call lies within open hours, and
    /// nobody has any of it or of its buffers. Buffers may lie outside of the hours.
    /// </summary>
    /// <param name="busy">What is taken, in order, without overlaps.</param>
    public static IReadOnlyList<DateTimeOffset> Starts(
        CallCalendar calendar,
        SlotShape shape,
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyList<Stretch> busy
    )
    {
        if (from >= to)
        {
            return [];
        }
        var (first, end) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to));
        var call = Duration.FromMinutes(shape.Minutes);
        var hours = new OpenHours(calendar, first, end + call);
        var open = hours.Stretches();
        var starts = new List<DateTimeOffset>();
        var (atOpen, atBusy) = (0, 0);
        foreach (var start in hours.Starts(shape.GridMinutes))
        {
            if (start < first)
            {
                continue;
            }
            if (start >= end)
            {
                break;
            }
            while (atOpen < open.Count && open[atOpen].To < start + call)
            {
                atOpen++;
            }
            if (atOpen == open.Count || open[atOpen].From > start)
            {
                continue;
            }
            var free = start.ToDateTimeOffset();
            while (atBusy < busy.Count && busy[atBusy].To <= free.AddMinutes(-shape.Before))
            {
                atBusy++;
            }
            if (atBusy == busy.Count || busy[atBusy].From >= free.AddMinutes(shape.Minutes + shape.After))
            {
                starts.Add(free);
            }
        }
        return starts;
    }
}

/// <summary>What of a call decides where it fits.</summary>
/// <param name="GridMinutes">Starts are multiples of this from midnight, by the performer's clock.</param>
public readonly record struct SlotShape(int Minutes, int Before, int After, int GridMinutes);
