using System.Globalization;

namespace Actors.ApiHost.Limits;

/// <summary>How many connections the descriptors of this process allow, with some kept back: the journal must open files too.</summary>
internal static class OpenFiles
{
    private const int UsualConnections = 20_000;
    private const int LeastReserve = 256;

    /// <summary>Null where the system does not tell.</summary>
    public static int? ConnectionsAtMost { get; } = Limit() is { } limit ? WithoutReserve(limit) : null;

    public static int ConnectionsUnlessSet => Math.Min(UsualConnections, ConnectionsAtMost ?? UsualConnections);

    internal static int WithoutReserve(int limit) => limit - Math.Min(Math.Max(LeastReserve, limit / 10), limit / 2);

    private static int? Limit()
    {
        const string file = "/proc/self/limits";
        const string line = "Max open files";
        if (!File.Exists(file))
        {
            return null;
        }
        var soft = File.ReadLines(file)
            .First(static one => one.StartsWith(line, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
