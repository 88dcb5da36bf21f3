using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Actors.ApiHost.Auth;

/// <summary>SHA-256 of a token: remembers that a token was valid without remembering the token.</summary>
internal readonly record struct TokenDigest(ulong A, ulong B, ulong C, ulong D)
{
    private const int UsualLength = 512;

    /// <returns>False for text that cannot be a token because it is not ASCII or too long.</returns>
    public static bool TryCompute(ReadOnlySpan<char> token, out TokenDigest digest)
    {
        digest = default;
        if (token.Length > TokenValidator.MaxLength)
        {
            return false;
        }
        Span<byte> ascii = token.Length <= UsualLength ? stackalloc byte[UsualLength] : new byte[token.Length];
        if (Ascii.FromUtf16(token, ascii, out var length) != OperationStatus.Done)
        {
            return false;
        }
        SHA256.HashData(ascii[..length], MemoryMarshal.AsBytes(new Span<TokenDigest>(ref digest)));
        return true;
    }

    // Already uniformly spread.
    public override int GetHashCode() => (int)A;
}
