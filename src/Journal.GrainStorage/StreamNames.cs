using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Storage;

namespace Actors.Journal.GrainStorage;

/// <summary>How a stream is named in storage, and what it takes to find it there by listing.</summary>
/// <remarks>
/// Azure Table forbids some characters in keys and Orleans replaces them all by one, so that two streams could fall
/// together. Here every stream has a key of its own, made of characters that nobody replaces.
/// </remarks>
public static class StreamNames
{
    /// <summary>The type of the grain that owns every record, as far as a storage provider is concerned.</summary>
    public const string GrainTypeName = "journal";

    private const int LongestKey = 160;
    private const string Hashed = "~h";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    /// <summary>Every stream has a record of one of these names.</summary>
    public static IReadOnlyList<string> EveryStreamHasOneOf { get; } =
    [StreamRecords.HeadName, StreamRecords.NameOf(segment: 1)];

    public static string KeyOf(StreamId stream)
    {
        var key = new StringBuilder();
        foreach (var @byte in Encoding.UTF8.GetBytes(stream.Value))
        {
            var character = (char)@byte;
            _ = character switch
            {
                '/' => key.Append('.'),
                _ when Plain.Contains(character) => key.Append(character),
                _ => key.Append('~').Append(@byte.ToString("X2", null)),
            };
        }
        return key.Length <= LongestKey
            ? key.ToString()
            : $"{key.ToString(0, LongestKey / 2)}{Hashed}{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(stream.Value)))}";
    }

    /// <summary>The stream of a key. A key that was too long is a hash, so the record itself must say.</summary>
    /// <param name="recordName">A record of that key which is there, one of <see cref="EveryStreamHasOneOf"/>.</param>
    public static async Task<StreamId> StreamOfAsync(IGrainStorage storage, string key, string recordName)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(key);
        return StreamId.Parse(
            key.Contains(Hashed, StringComparison.Ordinal) ? await OwnerOfAsync(storage, key, recordName) : Decode(key)
        );
    }

    private static async Task<string> OwnerOfAsync(IGrainStorage storage, string key, string recordName)
    {
        var id = GrainId.Create(GrainTypeName, key);
        if (recordName == StreamRecords.HeadName)
        {
            var head = new StoredValue<HeadState>();
            await storage.ReadStateAsync(recordName, id, head);
            return head.State.Stream;
        }
        var segment = new StoredValue<SegmentState>();
        await storage.ReadStateAsync(recordName, id, segment);
        return segment.State.Stream;
    }

    private static string Decode(string key)
    {
        List<byte> bytes = [];
        for (var at = 0; at < key.Length; at++)
        {
            if (key[at] != '~')
            {
                bytes.Add((byte)(key[at] == '.' ? '/' : key[at]));
                continue;
            }
            bytes.Add(byte.Parse(key.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            at += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
