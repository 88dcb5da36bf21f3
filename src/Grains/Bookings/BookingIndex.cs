using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Bookings;

namespace Actors.Grains.Bookings;

/// <summary>Bookings by what each has said last, in the order of their starts.</summary>
/// <param name="Known">By the booking's id; also those that are gone, so that an older word of theirs does not bring them back.</param>
public sealed record BookingIndex(ImmutableDictionary<string, BookingSummary> Known)
{
    public static readonly BookingIndex Empty = new(ImmutableDictionary<string, BookingSummary>.Empty);

    /// <summary>Latest start first; made from <see cref="Known"/>.</summary>
    [JsonIgnore]
    public ImmutableSortedSet<BookingPlace> Places { get; private init; } =
        Known
            .Values.Where(static booking => !booking.Gone)
            .Select(BookingPlace.Of)
            .ToImmutableSortedSet(BookingPlace.LatestFirst);

    /// <summary>Whether it says nothing that a newer word of the booking has not replaced.</summary>
    public bool IsOld(BookingSummary booking) =>
        Known.TryGetValue(booking.BookingId, out var known) && known.Version >= booking.Version;

    public BookingIndex With(BookingSummary booking)
    {
        var places = Known.TryGetValue(booking.BookingId, out var before)
            ? Places.Remove(BookingPlace.Of(before))
            : Places;
        return this with
        {
            Known = Known.SetItem(booking.BookingId, booking),
            Places = booking.Gone ? places : places.Add(BookingPlace.Of(booking)),
        };
    }

    /// <summary>Without those that started before a time, and without more than so many.</summary>
    public BookingIndex Bounded(DateTimeOffset earliest, int most)
    {
        var index = this;
        while (index.Places.Count > most || (index.Places.Count > 0 && index.Places.Max.Start < earliest))
        {
            var first = index.Places.Max;
            index = index with { Known = index.Known.Remove(first.BookingId), Places = index.Places.Remove(first) };
        }
        return index;
    }

    public BookingPage Page(BookingFilter filter, int limit, int offset)
    {
        List<BookingSummary> page = [];
        var total = 0;
        foreach (var place in Places)
        {
            var booking = Known[place.BookingId];
            if (!Fits(booking, filter))
            {
                continue;
            }
            if (total >= offset && page.Count < limit)
            {
                page.Add(booking);
            }
            total++;
        }
        return new BookingPage(page, total);
    }

    private static bool Fits(BookingSummary booking, BookingFilter filter) =>
        (filter.Status is not { } status || booking.Status == status)
        && (filter.UserId is not { } user || booking.UserId == user)
        && (filter.PerformerId is not { } performer || booking.PerformerId == performer)
        && (filter.Provider is not { } provider || booking.Provider == provider)
        && (filter.From is not { } from || booking.Start >= from)
        && (filter.Until is not { } until || booking.Start < until);
}

/// <summary>Where a booking is in a list: by its start, and by its id among those that start at one time.</summary>
public readonly record struct BookingPlace(DateTimeOffset Start, string BookingId)
{
    public static readonly IComparer<BookingPlace> LatestFirst = Comparer<BookingPlace>.Create(
        static (one, other) =>
            other.Start.CompareTo(one.Start) is var later and not 0
                ? later
                : string.CompareOrdinal(one.BookingId, other.BookingId)
    );

    public static BookingPlace Of(BookingSummary booking) => new(booking.Start, booking.BookingId);
}
