using System.Runtime.CompilerServices;

namespace Actors.Journal.Format;

/// <summary>32 bytes in place, without an object of their own.</summary>
[InlineArray(Bytes)]
internal struct Hash256
{
    public const int Bytes = 32;

    private byte _first;

    public static Hash256 From(ReadOnlySpan<byte> bytes)
    {
        var hash = default(Hash256);
        bytes.CopyTo(hash);
        return hash;
    }
}
