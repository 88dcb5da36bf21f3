using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Tests.Payments;

/// <summary>Stands where the booking will: what it is told is kept by <see cref="ToldBookings"/>.</summary>
[GrainType("booking-double")]
public sealed class BookingDouble(IGrainContext context) : Grain(context), IBookingGrain
{
    public Task<Outcome<BookingView>> Request(RequestBooking command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> AcceptRules(AcceptRules command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> Pay(PayBooking command) => throw new NotSupportedException();

    public ValueTask<Outcome<BookingView>> Get(Actor actor) => throw new NotSupportedException();

    public Task<Outcome<JoinLink>> Join(Actor actor) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> Cancel(CancelBooking command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> Reschedule(RescheduleBooking command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> Rate(RateBooking command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> ReportIncident(ReportIncident command) => throw new NotSupportedException();

    public Task<Outcome<BookingView>> Correct(CorrectVerdict command) => throw new NotSupportedException();

    public Task PaymentChanged(Delivery delivery, PaymentNews news) => throw new NotSupportedException();

    public Task Attended(Delivery delivery, Attendance attendance) => throw new NotSupportedException();

    public Task<BookingLog> Log(int limit, long? before) => throw new NotSupportedException();

    public Task<long> Follow(long after) => throw new NotSupportedException();
}
