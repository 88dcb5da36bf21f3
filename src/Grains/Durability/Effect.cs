using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>
/// Something that another grain must be told because of an event. Effects are derived from the durable event, never
/// stored beside it, and are sent after the append until acknowledged; those to one target arrive in order.
/// </summary>
public readonly struct Effect
{
    private readonly object _what;

    internal Effect(string target, Func<IGrainFactory, Delivery, Task> send) => (Target, _what) = (target, send);

    internal Effect(string target, BulkRoute route, object message) =>
        (Target, Route, _what) = (target, route, message);

    /// <summary>Who is told; effects to one target wait for each other.</summary>
    public string Target { get; }

    /// <summary>How it travels together with others; null when it is sent by itself.</summary>
    internal BulkRoute? Route { get; }

    /// <summary>Tokens that are in neither account until it arrives.</summary>
    public long Tokens { get; init; }

    internal object Message => _what;

    internal Func<IGrainFactory, Delivery, Task> Send => (Func<IGrainFactory, Delivery, Task>)_what;

    public static Effect To<TGrain>(string key, Func<TGrain, Delivery, Task> send)
        where TGrain : IGrainWithStringKey =>
        new(TargetOf<TGrain>.Prefix + key, (grains, delivery) => send(grains.GetGrain<TGrain>(key), delivery));

    private static class TargetOf<TGrain>
    {
        public static readonly string Prefix = typeof(TGrain).Name + "/";
    }
}
