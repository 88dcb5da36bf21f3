using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Actors.Grains.Transactions;

/// <summary>
/// Decimal numbers as chains use them: exact, at most 30 digits before the point and 18 after it, which no number type of
/// the platform holds.
/// </summary>
public static class DecimalText
{
    private const int DigitsBefore = 30;
    private const int DigitsAfter = 18;
    private const int MostDigitsOfWhole = 78;

    private static readonly BigInteger One = BigInteger.Pow(10, DigitsAfter);

    /// <summary>In units of 10⁻¹⁸.</summary>
    public static bool TryRead([NotNullWhen(true)] string? text, out BigInteger units)
    {
        units = default;
        if (text is null || text.Length > DigitsBefore + DigitsAfter + 1)
        {
            return false;
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        if (!IsWhole(whole, DigitsBefore) || part.Length > DigitsAfter || (point >= 0 && !AreDigits(part)))
        {
            return false;
        }
        units = Read(text);
        return true;
    }

    /// <summary>What <see cref="Of"/> has written: sums may be longer than what is taken in.</summary>
    public static BigInteger Read(string written)
    {
        var point = written.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = point < 0 ? (written, "") : (written[..point], written[(point + 1)..]);
        return BigInteger.Parse(whole + part.PadRight(DigitsAfter, '0'), CultureInfo.InvariantCulture);
    }

    public static string Of(BigInteger units)
    {
        var whole = BigInteger.DivRem(units, One, out var part);
        var digits = part.ToString(CultureInfo.InvariantCulture).PadLeft(DigitsAfter, '0').TrimEnd('0');
        var text = whole.ToString(CultureInfo.InvariantCulture);
        return digits.Length == 0 ? text : $"{text}.{digits}";
    }

    /// <summary>A whole number of up to 256 bits, such as an amount of gas.</summary>
    public static bool IsWhole([NotNullWhen(true)] string? text) => IsWhole(text, MostDigitsOfWhole);

    private static bool IsWhole([NotNullWhen(true)] string? text, int mostDigits) =>
        text is { Length: > 0 } && text.Length <= mostDigits && AreDigits(text) && (text.Length == 1 || text[0] != '0');

    private static bool AreDigits(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
