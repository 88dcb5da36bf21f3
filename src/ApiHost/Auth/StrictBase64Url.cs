using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Base64url without padding, white space or spare bits (RFC 7515 section 2): every value has exactly one spelling, so a
/// token cannot be altered and stay valid.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }
        var decoded = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        var status = Base64Url.DecodeFromChars(text, decoded, out _, out var written);
        if (status != OperationStatus.Done)
        {
            return false;
        }
        bytes = decoded.AsSpan(0, written).ToArray();
        return true;
    }
}
