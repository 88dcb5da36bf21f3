using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Bookings;

[Settings("Bookings")]
public sealed record BookingOptions
{
    public const int MostMinutes = 60;
    public const int MostDays = 366;

    [
        Setting("Minutes for which time is held: once from the request, once more from the start of payment."),
        Range(1, MostMinutes)
    ]
    public int HoldMinutes { get; init; } = 10;

    [Setting("Minutes after its end when a call is closed and its verdict is made."), Range(0, MostMinutes)]
    public int GraceMinutes { get; init; } = 5;

    [
        Setting("Days after its end when a booking is archived: nothing of it can be changed any more."),
        Range(1, MostDays)
    ]
    public int ArchiveDays { get; init; } = 30;

    [Setting("Whether people who are not PRIME may book and pay for a single call.")]
    public bool PayPerCall { get; init; }

    internal TimeSpan Hold => TimeSpan.FromMinutes(HoldMinutes);
}
