using System.Diagnostics;
using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests.Running;

/// <summary>Runs many seeds and says what came of them.</summary>
internal static class Simulator
{
    public static int Run(string[] args, TextWriter output)
    {
        SimulationOptions options;
        try
        {
            options = SimulationOptions.Parse(args);
        }
        catch (FormatException exception)
        {
            output.WriteLine(exception.Message);
            output.WriteLine(SimulationOptions.Usage);
            return 2;
        }
        var summary = Run(options, output);
        summary.Write(output);
        return summary.Failed == 0 ? 0 : 1;
    }

    public static Summary Run(SimulationOptions options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var summary = new Summary(options);
        var started = -1;
        Parallel.For(
            0,
            options.Parallel,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel },
            _ => RunSome()
        );
        summary.Elapsed = watch.Elapsed;
        return summary;

        void RunSome()
        {
            while (options.Seconds == 0 || watch.Elapsed.TotalSeconds < options.Seconds)
            {
                var index = Interlocked.Increment(ref started);
                if (index >= options.Count)
                {
                    return;
                }
                var text = options.IsVerbose ? output : null;
                var result = new World(options.From + (ulong)index, options.Bug, text).Run();
                lock (summary)
                {
                    summary.Add(result, output);
                }
            }
        }
    }
}
