using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests.Running;

/// <summary>What came of many seeds.</summary>
internal sealed class Summary(SimulationOptions options)
{
    private const int ViolationsShown = 5;

    private readonly SortedDictionary<FaultKind, long> _faults = [];
    private long _steps;
    private long _operations;
    private long _acknowledged;
    private long _starts;
    private TimeSpan _simulated;

    /// <summary>How often each fault has happened.</summary>
    public IReadOnlyDictionary<FaultKind, long> Faults => _faults;

    public int Seeds { get; private set; }

    public int Failed { get; private set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>The hash of the newest run.</summary>
    public ulong TraceHash { get; private set; }

    public void Add(SeedResult result, TextWriter output)
    {
        Seeds++;
        TraceHash = result.TraceHash;
        _steps += result.Steps;
        _operations += result.Operations;
        _acknowledged += result.Acknowledged;
        _starts += result.Starts;
        _simulated += result.Simulated;
        foreach (var (kind, count) in result.Faults)
        {
            _faults[kind] = _faults.GetValueOrDefault(kind) + count;
        }
        if (result.Violations.Count > 0)
        {
            Failed++;
            WriteFailure(result, output);
        }
    }

    public void Write(TextWriter output)
    {
        var perSecond = Elapsed > TimeSpan.Zero ? _simulated / Elapsed : 0;
        var faults = _faults.Select(static entry => FormattableString.Invariant($"{entry.Key} {entry.Value:N0}"));
        output.WriteLine(FormattableString.Invariant($"seeds       {Seeds:N0} from {options.From}"));
        output.WriteLine(FormattableString.Invariant($"steps       {_steps:N0}"));
        output.WriteLine(
            FormattableString.Invariant($"operations  {_operations:N0}, of which {_acknowledged:N0} were answered")
        );
        output.WriteLine(FormattableString.Invariant($"starts      {_starts:N0}"));
        output.WriteLine(
            FormattableString.Invariant($"faults      {_faults.Values.Sum():N0}: {string.Join(", ", faults)}")
        );
        output.WriteLine(
            FormattableString.Invariant(
                $"simulated   {_simulated.TotalDays:N0} days in {Elapsed.TotalSeconds:N1} s: {perSecond:N0} s per second"
            )
        );
        output.WriteLine(FormattableString.Invariant($"violations  {Failed:N0} seeds"));
        if (Seeds == 1)
        {
            output.WriteLine(FormattableString.Invariant($"trace       {TraceHash:x16}"));
        }
    }

    private void WriteFailure(SeedResult result, TextWriter output)
    {
        output.WriteLine($"seed {result.Seed} violates {result.Violations.Count}:");
        foreach (var violation in result.Violations.Take(ViolationsShown))
        {
            output.WriteLine($"  {violation}");
        }
        output.WriteLine($"  replay: {options.CommandFor(result.Seed)}");
    }
}
