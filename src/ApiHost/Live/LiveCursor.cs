using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Actors.ApiHost.Live;

/// <summary>
/// How far a client has come in each of its streams, such as <c>b12.n5</c>: a letter for the stream and the number of its
/// newest event. <c>b12-1</c> has seen one of several envelopes of the event after 12, too. It is the id of every envelope,
/// so a client resumes from the last one that it has seen, wherever it was.
/// </summary>
internal sealed record LiveCursor(ImmutableSortedDictionary<char, LivePosition> Positions)
{
    public static readonly LiveCursor Empty = new(ImmutableSortedDictionary<char, LivePosition>.Empty);

    private const int MaxLength = 200;
    private const int MaxVersionDigits = 18;
    private const int MaxPartDigits = 4;

    public LivePosition? Find(char stream) => Positions.TryGetValue(stream, out var position) ? position : null;

    public LiveCursor With(char stream, LivePosition position) => new(Positions.SetItem(stream, position));

    public static bool TryParse(string text, [NotNullWhen(true)] out LiveCursor? cursor)
    {
        cursor = null;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }
        var positions = ImmutableSortedDictionary.CreateBuilder<char, LivePosition>();
        foreach (var part in text.Split('.'))
        {
            if (
                part.Length < 2
                || !char.IsAsciiLetterLower(part[0])
                || positions.ContainsKey(part[0])
                || !TryParse(part.AsSpan(1), out var position)
            )
            {
                return false;
            }
            positions.Add(part[0], position);
        }
        cursor = new LiveCursor(positions.ToImmutable());
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder(32);
        foreach (var (stream, position) in Positions)
        {
            text.Append(text.Length > 0 ? "." : "").Append(stream).Append(CultureInfo.InvariantCulture, $"{position}");
        }
        return text.ToString();
    }

    private static bool TryParse(ReadOnlySpan<char> text, out LivePosition position)
    {
        var dash = text.IndexOf('-');
        long parts = 0;
        var valid =
            TryNumber(dash < 0 ? text : text[..dash], MaxVersionDigits, out var version)
            && (dash < 0 || (TryNumber(text[(dash + 1)..], MaxPartDigits, out parts) && parts > 0));
        position = new LivePosition(version, (int)parts);
        return valid;
    }

    /// <summary>One way to write each number, so that what we sent is what we take.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, int maxDigits, out long number)
    {
        number = 0;
        return text.Length > 0
            && text.Length <= maxDigits
            && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <param name="Version">Everything up to this event has been seen.</param>
/// <param name="Parts">How many envelopes of the event after it have been seen as well.</param>
internal readonly record struct LivePosition(long Version, int Parts = 0)
{
    public override string ToString() =>
        Parts == 0
            ? Version.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Version}-{Parts}");
}
