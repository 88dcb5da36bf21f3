using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>
/// When there were two activations of one grain. The journal lets only one of them write, so that nothing is lost or done
/// twice; what the other one says meanwhile may be old.
/// </summary>
internal sealed class Splits(Observations observations)
{
    private readonly List<(long From, long To)> _all = [];

    /// <summary>Returns what is to be called when the grain is one again.</summary>
    public Action Begin()
    {
        var index = _all.Count;
        _all.Add((observations.Now().Order, long.MaxValue));
        return () => End(index);
    }

    /// <summary>Nothing outlives its process.</summary>
    public void EndAll()
    {
        for (var index = 0; index < _all.Count; index++)
        {
            End(index);
        }
    }

    public bool Overlap(Operation operation) =>
        _all.Any(split => split.From < operation.Answered.Order && operation.Asked.Order < split.To);

    private void End(int index)
    {
        if (_all[index].To == long.MaxValue)
        {
            _all[index] = (_all[index].From, observations.Now().Order);
        }
    }
}
