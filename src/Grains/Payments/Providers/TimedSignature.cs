using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// Signatures of the form <c>t=seconds,v1=hex</c>: HMAC-SHA256 of <c>t.body</c>. Several secrets count while one takes the place
/// of another, and a message that is older than five minutes does not.
/// </summary>
internal static class TimedSignature
{
    private const int MaxHeaderLength = 2_000;

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static bool IsOf(ProviderPost post, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (post.Signature is not { Length: <= MaxHeaderLength } header)
        {
            return false;
        }
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var stamp = parts.FirstOrDefault(static part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (
            !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance
        )
        {
            return false;
        }
        var given = parts
            .Where(static part => part.StartsWith("v1=", StringComparison.Ordinal))
            .Select(static part => Encoding.ASCII.GetBytes(part[3..]))
            .ToArray();
        return secrets.Any(secret =>
        {
            var right = Encoding.ASCII.GetBytes(Of(secret, stamp!, post.Body));
            return Array.Exists(given, one => CryptographicOperations.FixedTimeEquals(one, right));
        });
    }

    public static string Of(string secret, string stamp, string body) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}"))
        );
}
