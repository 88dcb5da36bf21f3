using System.Security.Cryptography;
using System.Text;

namespace Actors.GrainInterfaces.Identity;

/// <summary>
/// By which ids people are shown in the lists of others: whoever was erased by one that is always the same and tells nobody's name. Not
/// a secret: whoever knows an id can work it out.
/// </summary>
public static class ShownIds
{
    private const int Digits = 16;

    public static string PseudonymOf(string personId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes("erased person/" + personId));
        return "erased-" + Convert.ToHexStringLower(digest)[..Digits];
    }

    /// <summary>Those of them who were erased, with what is shown in their stead.</summary>
    /// <param name="ids">What is no id of a person is left out.</param>
    public static async Task<IReadOnlyDictionary<string, string>> FindErasedAsync(
        this IGrainFactory grains,
        IEnumerable<string> ids
    )
    {
        var asked = ids.Where(Identifier.IsValid).Distinct(StringComparer.Ordinal).ToArray();
        var erased = await Task.WhenAll(asked.Select(id => grains.GetGrain<IPersonGrain>(id).IsErased().AsTask()));
        return asked
            .Zip(erased)
            .Where(static one => one.Second)
            .ToDictionary(static one => one.First, static one => PseudonymOf(one.First), StringComparer.Ordinal);
    }

    public static string Of(this IReadOnlyDictionary<string, string> erased, string personId) =>
        erased.GetValueOrDefault(personId, personId);
}
