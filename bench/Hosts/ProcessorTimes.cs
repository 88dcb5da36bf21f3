using System.Globalization;

namespace Actors.Bench.Hosts;

/// <summary>Processor time of processes that the runtime does not follow: those that have ended, and other people's children.</summary>
internal static class ProcessorTimes
{
    private const int Parent = 1;
    private const int Own = 11;
    private const int EndedChildren = 13;
    private const double TicksPerSecond = 100;

    /// <summary>Of the children of this process that have ended.</summary>
    public static TimeSpan OfEndedChildren() => Sum(Fields("self"), EndedChildren);

    /// <summary>Of a process and all children that it has or has had.</summary>
    public static TimeSpan OfFamily(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        var head = Fields(id);
        var time = Sum(head, Own) + Sum(head, EndedChildren);
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(directory);
            if (char.IsAsciiDigit(name[0]) && Fields(name) is { Length: > 0 } child && child[Parent] == id)
            {
                time += Sum(child, Own);
            }
        }
        return time;
    }

    /// <summary>User and system time lie beside each other.</summary>
    private static TimeSpan Sum(string[] fields, int first) =>
        TimeSpan.FromSeconds(
            (
                long.Parse(fields[first], CultureInfo.InvariantCulture)
                + long.Parse(fields[first + 1], CultureInfo.InvariantCulture)
            ) / TicksPerSecond
        );

    /// <summary>What follows the name, which may hold anything; empty when there is no such process.</summary>
    private static string[] Fields(string process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
