using Actors.Simulation.Tests.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>What is wrong, and what is only worth a line in the trace.</summary>
internal sealed class Report(VirtualClock clock, Trace trace)
{
    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    public void Violation(string what)
    {
        _violations.Add(what);
        trace.Remark(clock, $"VIOLATION {what}");
    }

    public void Remark(string what) => trace.Remark(clock, what);
}
