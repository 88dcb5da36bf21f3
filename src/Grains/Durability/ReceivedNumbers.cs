using System.Runtime.InteropServices;
using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>The newest number taken in from each source: by what is decided, and by what is durable.</summary>
internal sealed class ReceivedNumbers
{
    private readonly Dictionary<string, (long Decided, long Durable)> _newest = [];

    public bool HasSeen(Delivery delivery) =>
        _newest.TryGetValue(delivery.Source, out var newest) && delivery.Number <= newest.Decided;

    public void Decide(Delivery delivery) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_newest, delivery.Source, out _).Decided = delivery.Number;

    public void MakeDurable(Delivery delivery) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_newest, delivery.Source, out _).Durable = delivery.Number;

    /// <summary>What was found in the journal.</summary>
    public void Load(string source, long number) => _newest[source] = (number, number);

    /// <summary>The newest durable number of each source.</summary>
    public IEnumerable<(string Source, long Number)> Durable =>
        _newest
            .Where(static source => source.Value.Durable > 0)
            .Select(static source => (source.Key, source.Value.Durable));

    /// <summary>The same, kept apart from what comes after.</summary>
    public Dictionary<string, long> ListDurable() =>
        Durable.ToDictionary(static source => source.Source, static source => source.Number);
}
