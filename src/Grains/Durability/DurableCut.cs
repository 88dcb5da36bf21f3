using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>A grain as it durably was at one moment: its state, its newest event, and what it had received by then.</summary>
public sealed class DurableCut<TState>
{
    private readonly Frame<TState> _frame;
    private readonly Dictionary<string, long> _received;

    /// <param name="received">The newest number from each source; nobody changes it any more.</param>
    internal DurableCut(Frame<TState> frame, Dictionary<string, long> received)
    {
        _frame = frame;
        _received = received;
    }

    public TState State => _frame.State;

    public long Version => _frame.Version;

    public bool HasSeen(Delivery delivery) =>
        _received.TryGetValue(delivery.Source, out var newest) && delivery.Number <= newest;
}
