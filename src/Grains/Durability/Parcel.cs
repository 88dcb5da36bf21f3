using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>One effect on its way with the <see cref="Courier"/>.</summary>
internal sealed class Parcel(Outbox sender, Delivery delivery, object message, Undelivered.Waiting waiting)
{
    public Outbox Sender { get; } = sender;

    public Delivery Delivery { get; } = delivery;

    public object Message { get; } = message;

    public Undelivered.Waiting Waiting { get; } = waiting;

    /// <summary>Links what has arrived and has not been noted by the sender yet.</summary>
    public Parcel? Next { get; set; }
}
