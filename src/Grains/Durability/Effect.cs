using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>
/// Something that another grain must be told because of an event. Effects are derived from the durable event, never
/// stored beside it, and are sent after the append until acknowledged; those to one target arrive in order.
/// </summary>
/// <param name="Target">Who is told; effects to one target wait for each other.</param>
public readonly record struct Effect(string Target, Func<IGrainFactory, Delivery, Task> Send)
{
    public static Effect To<TGrain>(string key, Func<TGrain, Delivery, Task> send)
        where TGrain : IGrainWithStringKey =>
        new(TargetOf<TGrain>.Prefix + key, (grains, delivery) => send(grains.GetGrain<TGrain>(key), delivery));

    private static class TargetOf<TGrain>
    {
        public static readonly string Prefix = typeof(TGrain).Name + "/";
    }
}
