using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>Everything about a grain as of one event: its state, and the newest number taken in from each source.</summary>
internal sealed record Frame<TState>(TState State, long Version, ImmutableDictionary<string, long> Inbox)
{
    public bool HasSeen(Delivery delivery) =>
        Inbox.TryGetValue(delivery.Source, out var newest) && delivery.Number <= newest;

    public Frame<TState> After(Delivery delivery) =>
        this with
        {
            Inbox = Inbox.SetItem(delivery.Source, delivery.Number),
        };
}
