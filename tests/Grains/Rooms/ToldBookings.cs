using System.Collections.Concurrent;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Rooms;

namespace Actors.Grains.Tests.Rooms;

/// <summary>Remembers the evidence that rooms give, and keeps it from the bookings, which these tests do not make.</summary>
internal sealed class ToldBookings : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<Delivery, Attendance> _told = new();

    /// <summary>Set while the bookings cannot be reached.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>In the order in which things happened.</summary>
    public IReadOnlyList<Attendance> Told =>
        [.. _told.OrderBy(static one => one.Key.Number).Select(static one => one.Value)];

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName != nameof(IBookingGrain.Attended))
        {
            return context.Invoke();
        }
        if (IsUnreachable)
        {
            throw new TimeoutException();
        }
        var delivery = (Delivery)context.Request.GetArgument(0)!;
        _told[delivery] = (Attendance)context.Request.GetArgument(1)!;
        return Task.CompletedTask;
    }
}
