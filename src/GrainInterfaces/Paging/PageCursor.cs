using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Actors.GrainInterfaces.Paging;

/// <summary>
/// Where a list that is put together from two sources goes on: what is below these numbers has not been shown. Both sources
/// only grow at their newest end, so that a cursor means the same for ever. As text it is <c>120.345</c>.
/// </summary>
/// <param name="Own">In the list of the feature itself; 0 when all of it was shown.</param>
/// <param name="Ledger">In the statement of the account; 0 when all of it was shown.</param>
[GenerateSerializer, Immutable, Alias("PageCursor")]
public readonly record struct PageCursor([property: Id(0)] long Own, [property: Id(1)] long Ledger)
{
    public static readonly PageCursor Newest = new(long.MaxValue, long.MaxValue);

    public static bool TryParse([NotNullWhen(true)] string? text, out PageCursor cursor)
    {
        cursor = default;
        if (
            text?.Split('.') is not [var own, var ledger]
            || !TryRead(own, out var first)
            || !TryRead(ledger, out var second)
        )
        {
            return false;
        }
        cursor = new PageCursor(first, second);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Own}.{Ledger}");

    private static bool TryRead(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
