using Actors.Grains.Ledger;

namespace Actors.Grains.Wallets;

/// <summary>
/// How often each item was bought on one UTC day. A purchase that is refunded later was made nevertheless. A day that has
/// begun does not end when the clock is set back: the one before would begin to count anew.
/// </summary>
/// <param name="Counts">By the fingerprints of the items' ids, which the server makes: nobody can make two meet.</param>
public sealed record DailyCounts(DateOnly Day, NumberMap Counts)
{
    public static readonly DailyCounts None = new(default, NumberMap.Empty);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>When the counts of the day of <paramref name="time"/> end.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset time) => new(time.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    public int Of(string itemId, DateTimeOffset time) => Day >= DayOf(time) ? Of(KeyOf(itemId)) : 0;

    public DailyCounts With(string itemId, DateTimeOffset time)
    {
        var day = DayOf(time);
        if (day < Day)
        {
            day = Day;
        }
        var key = KeyOf(itemId);
        return day == Day
            ? new DailyCounts(day, Counts.With(key, Of(key) + 1, time))
            : new DailyCounts(day, NumberMap.Empty.With(key, 1, time));
    }

    private int Of(ulong key) => Counts.TryGet(key, out var count) ? (int)count : 0;

    private static ulong KeyOf(string itemId) => Fingerprint.Of("item", itemId);
}
