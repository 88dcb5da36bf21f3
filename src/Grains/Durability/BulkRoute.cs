using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>
/// A way on which messages of many grains reach one receiver many at a time. For what nobody waits for and a busy receiver
/// gets much of; everything else is sent by itself, with <see cref="Effect.To{TGrain}"/>.
/// </summary>
public abstract class BulkRoute
{
    private protected BulkRoute() { }

    /// <summary>What it carries is words for somebody, not tokens: nobody waits until it has arrived.</summary>
    public bool IsNews { get; init; }

    internal abstract Task SendAsync(IGrainFactory grains, string key, IReadOnlyList<Parcel> parcels);
}

/// <param name="send">Hands messages to the receiver; it takes in all of them together.</param>
public sealed class BulkRoute<TGrain, TMessage>(Func<TGrain, IReadOnlyList<Delivered<TMessage>>, Task> send) : BulkRoute
    where TGrain : IGrainWithStringKey
    where TMessage : class
{
    public Effect To(string key, TMessage message) => new(key, this, message);

    internal override Task SendAsync(IGrainFactory grains, string key, IReadOnlyList<Parcel> parcels)
    {
        var messages = new Delivered<TMessage>[parcels.Count];
        for (var index = 0; index < messages.Length; index++)
        {
            var parcel = parcels[index];
            messages[index] = new Delivered<TMessage>(parcel.Delivery, (TMessage)parcel.Message);
        }
        return send(grains.GetGrain<TGrain>(key), messages);
    }

    public override string ToString() => typeof(TGrain).Name;
}
