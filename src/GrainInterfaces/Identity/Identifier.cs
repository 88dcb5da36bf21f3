using System.Buffers;

namespace Actors.GrainInterfaces.Identity;

/// <summary>The one rule for ids that come from outside: 1–64 of A–Z a–z 0–9 _ -.</summary>
public static class Identifier
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);

    internal static string Checked(string text, string kind) =>
        IsValid(text) ? text : throw new ArgumentException($"'{text}' is no {kind}.", nameof(text));
}
