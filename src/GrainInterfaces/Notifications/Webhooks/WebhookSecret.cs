using System.Text;

namespace Actors.GrainInterfaces.Notifications.Webhooks;

/// <summary>The key that an app checks signatures with: <c>whsec_</c> and base64, as Standard Webhooks has it.</summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const int LeastBytes = 24;
    public const int MostBytes = 64;

    public static string Of(ReadOnlySpan<byte> key) => Prefix + Convert.ToBase64String(key);

    public static bool IsValid(string secret)
    {
        Span<byte> key = stackalloc byte[MostBytes];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            // Blanks between, which the decoder passes over, would not survive a form or a shell.
            && !secret.AsSpan().ContainsAny(" \t\r\n")
            && Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), key, out var length)
            && length >= LeastBytes;
    }

    /// <summary>A secret that was set before there was this form is its own key.</summary>
    public static byte[] KeyOf(string secret) =>
        IsValid(secret) ? Convert.FromBase64String(secret[Prefix.Length..]) : Encoding.UTF8.GetBytes(secret);
}
