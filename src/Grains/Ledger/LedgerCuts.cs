using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Durability;

namespace Actors.Grains.Ledger;

/// <summary>What one account durably was when each of the latest conservation proofs looked at it.</summary>
internal sealed class LedgerCuts<TState>
{
    /// <summary>Proofs that run at once; a forgotten one starts again.</summary>
    private const int Kept = 4;

    private readonly List<(string Proof, DurableCut<TState> Cut)> _cuts = [];

    public void Keep(string proof, DurableCut<TState> cut)
    {
        _cuts.RemoveAll(kept => kept.Proof == proof);
        if (_cuts.Count == Kept)
        {
            _cuts.RemoveAt(0);
        }
        _cuts.Add((proof, cut));
    }

    public ArrivedTransfers? Arrived(string proof, IReadOnlyList<Delivery> deliveries)
    {
        var index = _cuts.FindIndex(kept => kept.Proof == proof);
        return index < 0 ? null : new ArrivedTransfers([.. deliveries.Select(_cuts[index].Cut.HasSeen)]);
    }
}
