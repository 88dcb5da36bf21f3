using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Actors.TestKit.Processes;

/// <summary>What a storage emulator was asked for, by its access log: how often, and for what kind of record.</summary>
public sealed partial class StorageCalls
{
    private readonly ConcurrentDictionary<string, long> _counts = new();

    /// <summary>Calls so far by kind, such as <c>PUT segment</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts => new Dictionary<string, long>(_counts);

    /// <param name="line">A line in the common log format; others are passed over.</param>
    public void Note(string? line)
    {
        if (line is not null && Request().Match(line) is { Success: true } request)
        {
            var kind = $"{request.Groups["method"].Value} {KindOf(request.Groups["path"].Value)}";
            _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>The calls between two moments, without those that silos make whether or not anybody calls them.</summary>
    public static IReadOnlyDictionary<string, long> Between(
        IReadOnlyDictionary<string, long> before,
        IReadOnlyDictionary<string, long> after
    ) =>
        after
            .Where(static count =>
                !count.Key.EndsWith(" members", StringComparison.Ordinal) && count.Key != "GET reminder"
            )
            .Select(count => (count.Key, Count: count.Value - before.GetValueOrDefault(count.Key)))
            .Where(static count => count.Count > 0)
            .ToDictionary(static count => count.Key, static count => count.Count);

    private static string KindOf(string path) =>
        path.Contains("OrleansSiloInstances", StringComparison.Ordinal) ? "members"
        : path.Contains("OrleansReminders", StringComparison.Ordinal) ? "reminder"
        : Record().Match(path) is { Success: true } record ? record.Groups["kind"].Value
        : "other";

    [GeneratedRegex(@"""(?<method>[A-Z]+) (?<path>\S+) HTTP/")]
    private static partial Regex Request();

    [GeneratedRegex("(?<=/|'|%27)(?<kind>segment|head|snapshot|part)-?")]
    private static partial Regex Record();
}
