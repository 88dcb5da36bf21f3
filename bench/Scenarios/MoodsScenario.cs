using Actors.Bench.Hosts;

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
            .. ((Target[])[requests.NoopGet, requests.MoodGet, requests.NoopPost, requests.MoodPost]).Select(
                target => new Series(target.Name, () => client.RunAsync(target))
            ),
        ];
        await Series.RunAsync(series, rounds);
        Print(series, client.Name);
        return series.Sum(static one => one.Faults) == 0 ? 0 : 1;
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
            table.Add([
                .. one.Figures(),
                $"{one.RatioTo(series[0]):P0}",
                $"{one.RatioTo(series[2]):P0}",
                $"{one.Faults}",
            ]);
        }
        Console.WriteLine($"Client: {client}; {series[0].Rounds} rounds; CPU is time per request, kernel included.");
        Console.WriteLine();
        table.Print();
    }
}
