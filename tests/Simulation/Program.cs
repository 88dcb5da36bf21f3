using Actors.Simulation.Tests.Running;

namespace Actors.Simulation.Tests;

/// <summary>The simulator when it is given seeds (<c>--seeds 1000</c>, <c>--seed 12345</c>), else the test runner.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (SimulationOptions.AreMeant(args))
        {
            return Simulator.Run(args, Console.Out);
        }
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args,
                SelfRegisteredExtensions.AddSelfRegisteredExtensions
            )
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
