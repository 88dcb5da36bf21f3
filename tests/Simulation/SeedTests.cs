using System.Diagnostics;
using Actors.Simulation.Tests.Planted;
using Actors.Simulation.Tests.Running;
using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests;

public sealed class SeedTests
{
    private const int Seeds = 100;

    [Fact]
    [Trait("Spec", "SE-3")]
    [Trait("Spec", "MO-3")]
    [Trait("Spec", "MO-4")]
    [Trait("Spec", "PM-5")]
    [Trait("Spec", "PM-6")]
    [Trait("Spec", "PM-7")]
    [Trait("Spec", "PM-9")]
    [Trait("Spec", "WA-2")]
    public void Whatever_fails_nothing_acknowledged_is_lost_and_nothing_happens_twice()
    {
        var output = new StringWriter();

        var summary = Simulator.Run(new SimulationOptions(1, Seeds, 0, 1, false, PlantedBug.None), output);

        Assert.True(summary.Failed == 0, output.ToString());
        // A plan that injects nothing would prove nothing.
        Assert.Equal(Enum.GetValues<FaultKind>(), summary.Faults.Keys);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void The_same_seed_takes_the_same_steps_and_gives_the_same_answers(ulong seed)
    {
        var first = new World(seed, PlantedBug.None).Run();
        var second = new World(seed, PlantedBug.None).Run();

        Assert.Equal((first.TraceHash, first.Steps), (second.TraceHash, second.Steps));
        Assert.NotEqual(first.TraceHash, new World(seed + 100, PlantedBug.None).Run().TraceHash);
    }

    [Fact]
    public void Another_process_replays_a_seed_exactly()
    {
        const ulong seed = 15;
        var here = new World(seed, PlantedBug.None).Run();

        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--seed", $"{seed}"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"{here.TraceHash:x16}", output, StringComparison.Ordinal);
    }
}
