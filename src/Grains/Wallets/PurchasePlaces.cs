using System.Collections.Immutable;

namespace Actors.Grains.Wallets;

/// <summary>
/// Where the purchases lie among the other events of a balance: how many there are, and the version of every
/// <see cref="Every"/>th. So a page far back is found without reading everything after it.
/// </summary>
public sealed record PurchasePlaces(long Count, ImmutableArray<long> Marks)
{
    public const int Every = 64;

    public static readonly PurchasePlaces None = new(0, []);

    public PurchasePlaces With(long version) => new(Count + 1, (Count + 1) % Every == 0 ? Marks.Add(version) : Marks);

    /// <summary>
    /// Where to begin to read backward for the purchase with this number, from 1: the version to read before, and the
    /// number of the first purchase that is met there.
    /// </summary>
    public (long BeforeVersion, long FirstMet) StartFor(long number, long newestVersion)
    {
        var mark = (int)((number + Every - 1) / Every) - 1;
        return mark < Marks.Length ? (Marks[mark] + 1, (mark + 1L) * Every) : (newestVersion + 1, Count);
    }
}
