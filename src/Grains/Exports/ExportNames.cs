using System.Globalization;

namespace Actors.Grains.Exports;

/// <summary>What an export is called where keys and files are kept.</summary>
internal static class ExportNames
{
    public static string KeyOf(string personId, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"export:{personId}:{number}");

    /// <summary>Each attempt has its own: one that is late does not write over another's.</summary>
    public static string FileOf(string personId, long number, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"export:{personId}:{number}:{attempt}");
}
