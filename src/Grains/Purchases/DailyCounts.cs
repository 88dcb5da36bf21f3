using System.Collections.Immutable;

namespace Actors.Grains.Purchases;

/// <summary>
/// How often each item was bought on one UTC day. A purchase that is refunded later was made nevertheless. A day that has
/// begun does not end when the clock is set back: the one before would begin to count anew.
/// </summary>
public sealed record DailyCounts(DateOnly Day, ImmutableDictionary<string, int> Counts)
{
    public static readonly DailyCounts None = new(default, ImmutableDictionary<string, int>.Empty);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>When the counts of the day of <paramref name="time"/> end.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset time) => new(time.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    public int Of(string itemId, DateTimeOffset time) => Day >= DayOf(time) ? Counts.GetValueOrDefault(itemId) : 0;

    public DailyCounts With(string itemId, DateTimeOffset time)
    {
        var day = DayOf(time);
        if (day < Day)
        {
            day = Day;
        }
        var counts = Day == day ? Counts : ImmutableDictionary<string, int>.Empty;
        return new DailyCounts(day, counts.SetItem(itemId, counts.GetValueOrDefault(itemId) + 1));
    }
}
