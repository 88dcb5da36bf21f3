using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Durability;

/// <summary>
/// What a feature tells the durable base class: a pure fold over events and how both sides are written down. Deciding
/// is the feature's own; this is everything that recovery needs.
/// </summary>
public sealed record Aggregate<TState, TEvent>
    where TState : class
    where TEvent : class
{
    public required TState Initial { get; init; }

    public required Func<TState, TEvent, TState> Evolve { get; init; }

    public required JsonTypeInfo<TEvent> EventJson { get; init; }

    internal EventWriter<TEvent> EventWriter => field ??= new EventWriter<TEvent>(EventJson);

    public required JsonTypeInfo<TState> StateJson { get; init; }

    /// <summary>Shape of <typeparamref name="TState"/>; raise it when a snapshot of the old shape must not be read.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The agenda: when the state wants to be looked at next without anybody calling.</summary>
    public Func<TState, DateTimeOffset?> NextDue { get; init; } = static _ => null;
}
