using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>
/// What of a performer's time is taken. Immutable; each step costs the logarithm of how much there is, for a year can hold
/// tens of thousands of calls.
/// </summary>
[JsonConverter(typeof(TimeBookJson))]
public sealed class TimeBook
{
    public static readonly TimeBook Empty = new([], ImmutableDictionary<string, TakenTime>.Empty, [], 0);

    /// <summary>How long what is over is still known, so that late repeats are told from news.</summary>
    private static readonly TimeSpan KeptAfterwards = TimeSpan.FromDays(2);

    private static readonly ByFrom Order = new();

    private readonly ImmutableList<TakenTime> _byFrom;
    private readonly ImmutableDictionary<string, TakenTime> _byBooking;
    private readonly ImmutableSortedSet<(DateTimeOffset Until, string BookingId)> _holds;

    /// <summary>No taken time is longer than this: what can reach into a stretch begins at most so long before it.</summary>
    private readonly int _longestMinutes;

    private TimeBook(
        ImmutableList<TakenTime> byFrom,
        ImmutableDictionary<string, TakenTime> byBooking,
        ImmutableSortedSet<(DateTimeOffset Until, string BookingId)> holds,
        int longestMinutes
    ) => (_byFrom, _byBooking, _holds, _longestMinutes) = (byFrom, byBooking, holds, longestMinutes);

    public int Count => _byFrom.Count;

    /// <summary>In the order in which they begin.</summary>
    public IReadOnlyList<TakenTime> All => _byFrom;

    public static TimeBook Of(IReadOnlyCollection<TakenTime> taken)
    {
        var sorted = taken.Order(Order).ToImmutableList();
        return new TimeBook(
            sorted,
            sorted.ToImmutableDictionary(static one => one.BookingId),
            [.. sorted.Where(static one => one.Until is not null).Select(HoldOf)],
            sorted.Select(LengthOf).DefaultIfEmpty().Max()
        );
    }

    public TakenTime? Find(string bookingId) => _byBooking.GetValueOrDefault(bookingId);

    /// <summary>Whether nobody but these bookings has any of the time at a moment.</summary>
    public bool IsFree(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, string bookingId, string? other) =>
        !Overlapping(from, to).Any(one => one.BookingId != bookingId && one.BookingId != other && one.HoldsAt(now));

    /// <summary>What is taken between two times, put together where it touches; in order.</summary>
    public IReadOnlyList<Stretch> BusyBetween(
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset now,
        string? but = null,
        string? other = null
    )
    {
        var busy = new List<Stretch>();
        foreach (var one in Overlapping(from, to))
        {
            if (!one.HoldsAt(now) || one.BookingId == but || one.BookingId == other)
            {
                continue;
            }
            if (busy.Count > 0 && one.From <= busy[^1].To)
            {
                busy[^1] = new Stretch(busy[^1].From, one.To > busy[^1].To ? one.To : busy[^1].To);
            }
            else
            {
                busy.Add(new Stretch(one.From, one.To));
            }
        }
        return busy;
    }

    /// <summary>A booking has one time: what it had before is free.</summary>
    public TimeBook With(TakenTime taken)
    {
        var without = Without(taken.BookingId);
        var place = without._byFrom.BinarySearch(taken, Order);
        return new TimeBook(
            without._byFrom.Insert(~place, taken),
            without._byBooking.Add(taken.BookingId, taken),
            taken.Until is null ? without._holds : without._holds.Add(HoldOf(taken)),
            Math.Max(_longestMinutes, LengthOf(taken))
        );
    }

    public TimeBook Without(string bookingId) => Find(bookingId) is { } taken ? Without(taken) : this;

    /// <summary>Drops what is long over, and holds that have lapsed.</summary>
    public TimeBook ForgetBefore(DateTimeOffset now)
    {
        var book = this;
        while (!book._byFrom.IsEmpty && book._byFrom[0].To < now - KeptAfterwards)
        {
            book = book.Without(book._byFrom[0]);
        }
        while (!book._holds.IsEmpty && book._holds.Min.Until <= now)
        {
            book = book.Without(book._holds.Min.BookingId);
        }
        return book;
    }

    private TimeBook Without(TakenTime taken) =>
        new(
            _byFrom.RemoveAt(_byFrom.BinarySearch(taken, Order)),
            _byBooking.Remove(taken.BookingId),
            taken.Until is null ? _holds : _holds.Remove(HoldOf(taken)),
            _longestMinutes
        );

    private IEnumerable<TakenTime> Overlapping(DateTimeOffset from, DateTimeOffset to)
    {
        var first = new TakenTime("", from.AddMinutes(-_longestMinutes), 0, CallType.Video, 0, 0);
        var index = _byFrom.BinarySearch(first, Order);
        for (index = index < 0 ? ~index : index; index < _byFrom.Count; index++)
        {
            var one = _byFrom[index];
            if (one.From >= to)
            {
                yield break;
            }
            if (one.To > from)
            {
                yield return one;
            }
        }
    }

    private static (DateTimeOffset, string) HoldOf(TakenTime taken) => (taken.Until!.Value, taken.BookingId);

    private static int LengthOf(TakenTime taken) => taken.Before + taken.Minutes + taken.After;

    private sealed class ByFrom : IComparer<TakenTime>
    {
        public int Compare(TakenTime? one, TakenTime? other)
        {
            var byTime = one!.From.CompareTo(other!.From);
            return byTime != 0 ? byTime : string.CompareOrdinal(one.BookingId, other.BookingId);
        }
    }
}

/// <summary>Written as what is taken, in order.</summary>
internal sealed class TimeBookJson : JsonConverter<TimeBook>
{
    public override TimeBook Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeBook.Of(JsonSerializer.Deserialize(ref reader, TakenTimeJson.Default.TakenTimeArray)!);

    public override void Write(Utf8JsonWriter writer, TimeBook value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var taken in value.All)
        {
            JsonSerializer.Serialize(writer, taken, TakenTimeJson.Default.TakenTime);
        }
        writer.WriteEndArray();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(TakenTime))]
[JsonSerializable(typeof(TakenTime[]))]
internal sealed partial class TakenTimeJson : JsonSerializerContext;
