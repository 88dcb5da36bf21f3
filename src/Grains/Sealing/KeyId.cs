using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Grains.Sealing;

/// <summary>
/// What a key is stored under: a digest of its name, so that neither what is stored nor what remains of a destroyed key tells
/// whose it was, and names that differ in case only are two on every file system.
/// </summary>
internal readonly record struct KeyId
{
    public const int MaxNameLength = 200;
    public const int Bytes = 32;
    public const int Digits = 2 * Bytes;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:"
    );

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private KeyId(string hex) => Hex = hex;

    public string Hex { get; }

    /// <exception cref="ArgumentException">It is no name.</exception>
    public static KeyId Of(string name)
    {
        if (name is not { Length: > 0 and <= MaxNameLength } || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new ArgumentException(
                $"A key's name is 1 to {MaxNameLength} characters of A–Z a–z 0–9 _ - . : and not '{name}'.",
                nameof(name)
            );
        }
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(name))));
    }

    public static bool TryParse(ReadOnlySpan<char> text, out KeyId id)
    {
        var isId = text.Length == Digits && !text.ContainsAnyExcept(HexDigits);
        id = isId ? new(text.ToString()) : default;
        return isId;
    }

    public static KeyId FromBytes(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(bytes));

    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Hex;
}
