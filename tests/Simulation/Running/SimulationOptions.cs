using System.Globalization;
using Actors.Simulation.Tests.Planted;

namespace Actors.Simulation.Tests.Running;

/// <param name="From">The first seed.</param>
/// <param name="Count">How many seeds, one after the other.</param>
/// <param name="Seconds">Stops starting new seeds after this many seconds of real time; 0 for no limit.</param>
/// <param name="Parallel">How many seeds run at once, each on a thread of its own.</param>
internal sealed record SimulationOptions(
    ulong From,
    int Count,
    int Seconds,
    int Parallel,
    bool IsVerbose,
    PlantedBug Bug
)
{
    public const string Usage = """
        dotnet run --project tests/Simulation -- [options]
          --seeds N        run N seeds
          --seed S         run one seed
          --from S         the first of the seeds; 1 by default
          --seconds T      start no new seed after T seconds
          --parallel P     P seeds at once, each on its own thread; 1 by default
          --verbose        print what happens, step by step
          --plant NAME     put a bug around the product that must be found
        """;

    public static bool AreMeant(string[] args) => args.Any(static arg => arg is "--seeds" or "--seed");

    /// <summary>Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static SimulationOptions Parse(string[] args)
    {
        var options = new SimulationOptions(1, 1, 0, 1, false, PlantedBug.None);
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index];
            string Value() => ++index < args.Length ? args[index] : throw new FormatException($"{name} needs a value.");
            options = name switch
            {
                "--seed" => options with { From = Number(name, Value()), Count = 1 },
                "--seeds" => options with { Count = Positive(name, Value()) },
                "--from" => options with { From = Number(name, Value()) },
                "--seconds" => options with { Seconds = Positive(name, Value()) },
                "--parallel" => options with { Parallel = Positive(name, Value()) },
                "--verbose" => options with { IsVerbose = true },
                "--plant" => options with { Bug = BugNamed(Value()) },
                _ => throw new FormatException($"{name} is no option."),
            };
        }
        return options;
    }

    public string CommandFor(ulong seed) =>
        $"dotnet run --project tests/Simulation -- --seed {seed}"
        + (Bug == PlantedBug.None ? "" : $" --plant {Bug.Name}");

    private static ulong Number(string name, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} is a whole number, not '{text}'.");

    private static int Positive(string name, string text) =>
        Number(name, text) is > 0 and <= int.MaxValue and var number
            ? (int)number
            : throw new FormatException($"{name} is a number above 0, not '{text}'.");

    private static PlantedBug BugNamed(string name) =>
        PlantedBug.Find(name)
        ?? throw new FormatException(
            $"--plant is one of {string.Join(", ", PlantedBug.All.Select(static bug => bug.Name))}."
        );
}
