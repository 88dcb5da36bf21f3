using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>
/// How much of a no-op endpoint's throughput moods reach, machine-wide: the client's share of the processors is in every
/// figure. Rounds alternate because the machine is noisy; ratios are medians of ratios within one round.
/// </summary>
internal static class MoodsScenario
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var rounds = arguments.Number("rounds", 7);
        await using var host = await BenchHost.StartAsync(arguments);
        Machine.Print(host.DataDirectory);
        var requests = new MoodRequests(host, arguments.Number("models", 1_000));
        await host.RegisterAsync(requests.Models);
        var client = LoadClient.Choose(arguments, host);

        Series[] series =
        [
            new(requests.NoopGet),
            new(requests.MoodGet),
            new(requests.NoopPost),
            new(requests.MoodPost),
        ];
        foreach (var one in series)
        {
            await client.RunAsync(one.Target);
        }
        for (var round = 0; round < rounds; round++)
        {
            // Back and forth, so that a drift of the machine favours nobody.
            foreach (var one in round % 2 == 0 ? series : [.. series.Reverse()])
            {
                one.Runs.Add(await client.RunAsync(one.Target));
            }
            Console.Error.WriteLine(
                $"round {round + 1}: " + string.Join(", ", series.Select(one => $"{one.Runs[^1].PerSecond:N0}/s"))
            );
        }
        Print(series, client.Name);
        return series.Sum(one => one.Runs.Sum(run => run.Faults)) == 0 ? 0 : 1;
    }

    private static void Print(Series[] series, string client)
    {
        var table = new Table(
            "request",
            "requests/s",
            "p50",
            "p95",
            "p99",
            "host CPU",
            "client CPU",
            "of no-op GET",
            "of no-op POST",
            "faults"
        );
        foreach (var one in series)
        {
            table.Add(
                one.Target.Name,
                $"{Median(one.Runs.Select(run => run.PerSecond)):N0}",
                Table.Milliseconds(Median(one.Runs.Select(run => run.P50))),
                Table.Milliseconds(Median(one.Runs.Select(run => run.P95))),
                Table.Milliseconds(Median(one.Runs.Select(run => run.P99))),
                $"{Median(one.Runs.Select(run => run.HostMicroseconds)):N1} µs",
                $"{Median(one.Runs.Select(run => run.ClientMicroseconds)):N1} µs",
                $"{Ratio(one, series[0]):P0}",
                $"{Ratio(one, series[2]):P0}",
                $"{one.Runs.Sum(run => run.Faults)}"
            );
        }
        Console.WriteLine(
            $"Client: {client}; {series[0].Runs.Count} rounds; CPU is time per request, kernel included."
        );
        Console.WriteLine();
        table.Print();
    }

    private static double Ratio(Series one, Series noop) =>
        Median(one.Runs.Zip(noop.Runs, static (run, other) => run.PerSecond / other.PerSecond));

    private static T Median<T>(IEnumerable<T> values)
    {
        T[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Series(Target Target)
    {
        public List<LoadRun> Runs { get; } = [];
    }
}
