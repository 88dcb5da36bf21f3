using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Tests.Bookings;

/// <summary>Bookings as they tell lists of themselves.</summary>
internal static class ListedBookings
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static BookingSummary Booking(
        string id,
        long version,
        BookingStatus status = BookingStatus.Confirmed,
        DateTimeOffset? start = null,
        string user = "bo",
        string provider = "tokens",
        Money? paid = null,
        long refunded = 0,
        CallEndKind? verdict = null
    ) =>
        new(
            id,
            user,
            "mia",
            "Mia",
            status,
            verdict,
            start ?? Noon,
            30,
            CallType.Video,
            new Money(Money.TokenCurrency, 100),
            provider,
            paid,
            refunded,
            0,
            Noon,
            version,
            Gone: false
        );

    public static Money Tokens(long amount) => new(Money.TokenCurrency, amount);

    public static Money Dollars(long cents) => new("USD", cents);
}
