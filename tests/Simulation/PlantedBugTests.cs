using Actors.Simulation.Tests.Planted;
using Actors.Simulation.Tests.Running;

namespace Actors.Simulation.Tests;

/// <summary>A simulator that finds nothing in what is broken would prove nothing of what is whole.</summary>
public sealed class PlantedBugTests
{
    private const int SeedsPerBug = 150;

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_and_the_report_says_how_to_replay_it(string name)
    {
        var bug = PlantedBug.Find(name)!;
        for (ulong seed = 1; seed <= SeedsPerBug; seed++)
        {
            var output = new StringWriter();
            var summary = Simulator.Run(new SimulationOptions(seed, 1, 0, 1, false, bug), output);
            if (summary.Failed == 1)
            {
                Assert.Contains($"--seed {seed} --plant {name}", output.ToString(), StringComparison.Ordinal);
                return;
            }
        }
        Assert.Fail($"{SeedsPerBug} seeds did not find it.");
    }

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(static bug => bug.Name)];
}
