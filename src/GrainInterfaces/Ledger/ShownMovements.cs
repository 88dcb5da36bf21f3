using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>Movements as others may see them.</summary>
public static class ShownMovements
{
    /// <summary>With a pseudonym for each side that was erased, but the one whose account it is.</summary>
    /// <param name="owner">Whose account it is.</param>
    public static async Task<IReadOnlyList<Movement>> ShowAsync(
        this IGrainFactory grains,
        string owner,
        IReadOnlyList<Movement> movements
    )
    {
        var others = movements
            .SelectMany(static one => new[] { one.From, one.To })
            .Select(OwnerIn)
            .OfType<string>()
            .Where(id => id != owner);
        var erased = await grains.FindErasedAsync(others);
        return erased.Count == 0
            ? movements
            :
            [
                .. movements.Select(one =>
                    one with
                    {
                        From = Show(one.From, erased),
                        To = Show(one.To, erased),
                        Transfer = Show(one.Transfer, erased),
                    }
                ),
            ];
    }

    /// <summary>Of <c>balance/ana</c>, <c>balance/ana/held</c> and <c>balance/ana@7</c>; null for the platform.</summary>
    private static string? OwnerIn(string text)
    {
        var from = text.IndexOf('/', StringComparison.Ordinal) + 1;
        if (from == 0)
        {
            return null;
        }
        var length = text.AsSpan(from).IndexOfAny('/', '@');
        return length < 0 ? text[from..] : text.Substring(from, length);
    }

    private static string Show(string text, IReadOnlyDictionary<string, string> erased)
    {
        if (OwnerIn(text) is not { } owner || !erased.TryGetValue(owner, out var pseudonym))
        {
            return text;
        }
        var at = text.IndexOf('/', StringComparison.Ordinal) + 1;
        return string.Concat(text.AsSpan(0, at), pseudonym, text.AsSpan(at + owner.Length));
    }
}
