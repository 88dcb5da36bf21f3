using System.Globalization;

namespace Actors.Bench.Hosts;

/// <summary>What the host says of itself at one moment.</summary>
internal sealed class HostMetrics
{
    private readonly string[] _lines;

    private HostMetrics(string text) => _lines = text.Split('\n');

    public static async Task<HostMetrics> ReadAsync(BenchHost host)
    {
        using var http = host.Http("bench-service", "service");
        return new HostMetrics(await http.GetStringAsync("/metrics"));
    }

    /// <summary>All series of a name added up; with labels in the name, that one series.</summary>
    public double Sum(string name) =>
        _lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(static line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));
}
