using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Actors.Bench.Engine;

/// <summary>Runs the engine's benchmarks in this process, so that they need no build of their own.</summary>
internal static class EngineScenario
{
    public static int Run()
    {
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkRunner.Run<EngineBenchmarks>(DefaultConfig.Instance.AddJob(job));
        return 0;
    }
}
