using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// Judges what clients were told about one stream by what the stream holds in the end. Every answer must show the stream as
/// it was after some number of events, and that number never goes back: an answer shows at least what any answer before it
/// has shown. So nothing acknowledged is lost, and nothing was ever shown that was lost later.
/// </summary>
/// <param name="states">The state after 0, 1, 2 … events.</param>
/// <param name="shows">Whether an answer fits the state after so many events.</param>
internal sealed class StreamOracle<TState>(
    string stream,
    IReadOnlyList<TState> states,
    Func<Operation, int, bool> shows,
    Func<Operation, int?> eventOf
)
{
    // Answers in the order in which they were given, and the most events that any of them has shown so far.
    private readonly List<(long Order, int Shown)> _answered = [(-1, 0)];

    public IReadOnlyList<TState> States => states;

    public IEnumerable<string> Check(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations.OrderBy(static operation => operation.Answered.Order))
        {
            if (operation.Answer == Answer.Unknown)
            {
                continue;
            }
            var least = Math.Max(LeastShownTo(operation), eventOf(operation) ?? 0);
            if (FirstFit(operation, least) is { } shown)
            {
                _answered.Add((operation.Answered.Order, Math.Max(shown, _answered[^1].Shown)));
            }
            else
            {
                yield return $"{operation} was told {Told(operation)}, which {stream} never was after {least} or more of "
                    + $"its {states.Count - 1} events";
            }
        }
    }

    private int LeastShownTo(Operation operation)
    {
        if (operation.MayBeOld)
        {
            return 0;
        }
        var index = _answered.BinarySearch((operation.Asked.Order, int.MaxValue));
        return _answered[(index < 0 ? ~index : index) - 1].Shown;
    }

    private int? FirstFit(Operation operation, int least)
    {
        for (var count = least; count < states.Count; count++)
        {
            if (shows(operation, count))
            {
                return count;
            }
        }
        return null;
    }

    private static string Told(Operation operation) =>
        operation.Refusal is { } refusal ? $"no ({refusal.Code})" : operation.Value?.ToString() ?? "nothing";
}
