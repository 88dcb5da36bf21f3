using System.Security.Cryptography;

namespace Actors.ApiHost.Live.Streams;

/// <summary>What a client has been shown of its places, as one number for its cursor: 0 for none at all.</summary>
internal static class PlacesDigest
{
    public const long Largest = (1L << 48) - 1;

    public static long Of(IReadOnlyDictionary<string, byte[]> places)
    {
        if (places.Count == 0)
        {
            return 0;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, json) in places.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            hash.AppendData(json);
        }
        var digest = BitConverter.ToInt64(hash.GetHashAndReset()) & Largest;
        return digest == 0 ? 1 : digest;
    }
}
