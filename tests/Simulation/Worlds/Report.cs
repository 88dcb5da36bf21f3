using Actors.TestKit.Loops;

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

    /// <summary>An exception in a few lines: what, why, and where it was first noticed.</summary>
    public static string Brief(Exception exception)
    {
        var causes = exception.InnerException is { } inner
            ? $" because of {inner.GetType().Name}: {inner.Message}"
            : "";
        var frames = exception.StackTrace?.Split('\n').Take(3).Select(static line => line.Trim()) ?? [];
        return $"{exception.GetType().Name}: {exception.Message}{causes} {string.Join(" ", frames)}";
    }

    public void Remark(string what) => trace.Remark(clock, what);
}
