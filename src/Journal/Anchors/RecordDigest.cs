using System.Security.Cryptography;
using Actors.Journal.Format;

namespace Actors.Journal.Anchors;

/// <summary>One hash over the chain hashes of all records of a log, in order.</summary>
internal sealed class RecordDigest
{
    private readonly byte[] _pair = new byte[2 * Hash256.Bytes];

    public RecordDigest(AnchoredLog? since = null)
    {
        if (since is { Records: > 0 })
        {
            Records = since.Records;
            Convert.FromHexString(since.Digest).CopyTo(_pair, 0);
        }
    }

    public long Records { get; private set; }

    public string Value => Convert.ToHexStringLower(_pair.AsSpan(0, Hash256.Bytes));

    public void Add(ReadOnlySpan<byte> recordHash)
    {
        recordHash.CopyTo(_pair.AsSpan(Hash256.Bytes));
        SHA256.HashData(_pair, _pair.AsSpan(0, Hash256.Bytes));
        Records++;
    }
}
