namespace Actors.Grains.Durability;

/// <summary>A grain's state as of one event.</summary>
internal readonly record struct Frame<TState>(TState State, long Version);
