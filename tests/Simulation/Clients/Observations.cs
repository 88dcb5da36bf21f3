using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Everything that clients asked and were told, in one order.</summary>
internal sealed class Observations(VirtualClock clock, Trace trace)
{
    private readonly List<Operation> _operations = [];
    private long _moments;

    public IReadOnlyList<Operation> Operations => _operations;

    public Moment Now() => new(++_moments, clock.Now, clock.SetBack, clock.SetForward);

    /// <param name="command">Made from the operation's number, which it carries.</param>
    public Operation Ask(string stream, Func<int, object> command)
    {
        var number = _operations.Count + 1;
        var operation = new Operation(number, stream, command(number), Now());
        _operations.Add(operation);
        trace.Remark(clock, $"{operation}");
        return operation;
    }

    public void Tell(Operation operation, object? value, Actors.GrainInterfaces.Outcomes.Refusal? refusal)
    {
        operation.Tell(Now(), value, refusal);
        trace.Note(clock, $"operation {operation.Number}: {refusal?.Code ?? value?.ToString() ?? "done"}");
    }

    public void Fail(Operation operation, Exception failure) =>
        trace.Note(clock, $"operation {operation.Number}: {failure.GetType().Name}");
}
