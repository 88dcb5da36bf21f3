using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>A grain as it durably was at one moment: its state, its newest event, and what it had received by then.</summary>
public sealed class DurableCut<TState>
{
    private readonly Frame<TState> _frame;

    internal DurableCut(Frame<TState> frame) => _frame = frame;

    public TState State => _frame.State;

    public long Version => _frame.Version;

    public bool HasSeen(Delivery delivery) => _frame.HasSeen(delivery);
}
