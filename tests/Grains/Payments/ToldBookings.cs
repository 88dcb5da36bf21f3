using System.Collections.Concurrent;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Tests.Payments;

/// <summary>Keeps what payments tell their bookings from the bookings, which these tests do not make; repeats are dropped.</summary>
internal sealed class ToldBookings : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<(Delivery Delivery, PaymentNews News)> _told = new();

    public IReadOnlyList<PaymentNews> Told =>
        [.. _told.DistinctBy(static one => one.Delivery).Select(static one => one.News)];

    public IReadOnlyList<PaymentStatus> Of(string paymentId) =>
        [.. Told.Where(news => news.PaymentId == paymentId).Select(static news => news.Status)];

    /// <summary>No message of the provider arrives.</summary>
    public bool IsDeaf { get; set; }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (IsDeaf && context.MethodName == nameof(IPaymentGrain.Hear))
        {
            throw new TimeoutException();
        }
        if (context.MethodName != nameof(IBookingGrain.PaymentChanged))
        {
            await context.Invoke();
            return;
        }
        _told.Enqueue(((Delivery)context.Request.GetArgument(0)!, (PaymentNews)context.Request.GetArgument(1)!));
    }
}
