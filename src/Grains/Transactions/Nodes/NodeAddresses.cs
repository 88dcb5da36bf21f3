using System.Collections.Frozen;

namespace Actors.Grains.Transactions.Nodes;

/// <summary>Which node knows which network.</summary>
internal static class NodeAddresses
{
    /// <summary>Null for a text that is none.</summary>
    public static FrozenDictionary<string, Uri>? TryParse(string text)
    {
        var nodes = new Dictionary<string, Uri>();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var end = pair.IndexOf('=', StringComparison.Ordinal);
            if (
                end < 1
                || !Uri.TryCreate(pair[(end + 1)..], UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https")
                || !nodes.TryAdd(pair[..end], address)
            )
            {
                return null;
            }
        }
        return nodes.ToFrozenDictionary();
    }
}
