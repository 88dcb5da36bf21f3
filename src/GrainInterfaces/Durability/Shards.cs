namespace Actors.GrainInterfaces.Durability;

/// <summary>
/// Spreads an index over a fixed number of grains. The choice is persisted by where the data lies: neither the number nor
/// the hash may ever change.
/// </summary>
public static class Shards
{
    public const int Count = 16;

    /// <summary>The keys of all shards.</summary>
    public static readonly IReadOnlyList<string> Keys = [.. Enumerable.Range(0, Count).Select(KeyOf)];

    /// <summary>The key of the shard that an id belongs to.</summary>
    public static string Of(string id)
    {
        // FNV-1a: the same in every process, which string.GetHashCode is not.
        var hash = 2166136261u;
        foreach (var character in id)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }
        return Keys[(int)(hash % Count)];
    }

    private static string KeyOf(int shard) => shard.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
}
