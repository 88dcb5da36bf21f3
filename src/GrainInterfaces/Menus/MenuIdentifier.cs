using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Actors.GrainInterfaces.Menus;

/// <summary>The one rule for the ids of menus and their items: 24 of 0–9 a–f. Check it before a grain is called.</summary>
public static class MenuIdentifier
{
    public const int Length = 24;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789abcdef");

    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The id that follows from these texts, the same each time. None of them holds a line break.</summary>
    public static string From(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return Convert.ToHexStringLower(hash)[..Length];
    }
}
