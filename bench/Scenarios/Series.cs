using Actors.Bench.Hosts;
using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>One kind of load, run once a round. The machine is noisy: figures are medians, ratios those within a round.</summary>
internal sealed class Series(string name, Func<Task<LoadRun>> run)
{
    private readonly List<LoadRun> _runs = [];

    public string Name => name;

    public int Rounds => _runs.Count;

    public double PerSecond => MedianOf(static one => one.PerSecond);

    /// <summary>Processor time of both sides for one request: what a busy machine distorts least.</summary>
    public double Microseconds => MedianOf(static one => one.HostMicroseconds + one.ClientMicroseconds);

    public long Faults => _runs.Sum(static one => one.Faults);

    public static async Task RunAsync(IReadOnlyList<Series> series, int rounds)
    {
        foreach (var one in series)
        {
            await one.RunAsync();
            one._runs.Clear();
        }
        for (var round = 0; round < rounds; round++)
        {
            // Back and forth, so that a drift of the machine favours nobody.
            foreach (var one in round % 2 == 0 ? series : series.Reverse())
            {
                await one.RunAsync();
            }
            Console.Error.WriteLine(
                $"round {round + 1}: " + string.Join(", ", series.Select(one => $"{one._runs[^1].PerSecond:N0}/s"))
            );
        }
    }

    public double RatioTo(Series other) =>
        Median(_runs.Zip(other._runs, static (mine, theirs) => mine.PerSecond / theirs.PerSecond));

    public T MedianOf<T>(Func<LoadRun, T> figure) => Median(_runs.Select(figure));

    /// <summary>Requests/s, latencies and CPU; what a table says of every series.</summary>
    public string[] Figures() =>
        [
            Name,
            $"{PerSecond:N0}",
            Table.Milliseconds(MedianOf(static one => one.P50)),
            Table.Milliseconds(MedianOf(static one => one.P95)),
            Table.Milliseconds(MedianOf(static one => one.P99)),
            $"{MedianOf(static one => one.HostMicroseconds):N1} µs",
            $"{MedianOf(static one => one.ClientMicroseconds):N1} µs",
        ];

    private static T Median<T>(IEnumerable<T> values)
    {
        T[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private async Task RunAsync() => _runs.Add(await run());
}
