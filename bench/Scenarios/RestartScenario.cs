using System.Diagnostics;
using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>
/// How soon the host is ready again after a kill with a long history behind it. Everything is written over HTTP by the
/// real host. Each model is two grains, profile and mood; every change is one event of the mood and one of the analytics.
/// </summary>
internal static class RestartScenario
{
    private const int EventsOfProfile = 2;
    private const int EventsOfChange = 2;

    private static readonly TimeSpan Target = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var events = arguments.Number("events", 1_000_000);
        var grains = arguments.Number("grains", 100_000);
        var starts = arguments.Number("starts", 5);
        var models = grains / 2;
        var changes = ((events / models) - EventsOfProfile) / EventsOfChange;

        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var emptyStart = host.StartTook;
        var requests = new MoodRequests(host, models);
        var startedAt = Stopwatch.GetTimestamp();
        await host.RegisterAsync(requests.Models);
        BenchHost.ThrowOnFault(await ClosedLoop.SendAllAsync(host.EndPoint, requests.MoodPost.Bytes(), 256, changes));
        Console.WriteLine(
            $"{models * ((EventsOfChange * changes) + EventsOfProfile):N0} events over {2 * models:N0} grains written in "
                + $"{Stopwatch.GetElapsedTime(startedAt).TotalSeconds:N0} s; "
                + $"{SizeOf(host.DataDirectory) >> 20:N0} MB on disk; host memory {host.Process.ResidentBytes >> 20:N0} MB"
        );
        Console.WriteLine();

        var table = new Table("start", "ready after", "memory when ready");
        table.Add("on an empty directory", $"{emptyStart.TotalSeconds:N2} s", "");
        var slowest = TimeSpan.Zero;
        for (var start = 1; start <= starts; start++)
        {
            await host.KillAndStartAsync();
            slowest = host.StartTook > slowest ? host.StartTook : slowest;
            table.Add(
                $"after kill -9, {start}",
                $"{host.StartTook.TotalSeconds:N2} s",
                $"{host.Process.ResidentBytes >> 20:N0} MB"
            );
        }
        table.Print();
        return slowest < Target ? 0 : 1;
    }

    private static long SizeOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
}
