using System.Globalization;

namespace Actors.Journal.Disks;

/// <summary>Files named by a number and an ending. Other files in the directory are somebody else's and left alone.</summary>
internal static class NumberedFiles
{
    public static string PathOf(string directory, long number, string ending) =>
        Path.Combine(directory, number.ToString("D10", CultureInfo.InvariantCulture) + ending);

    /// <summary>The numbers in a directory, ascending.</summary>
    public static IReadOnlyList<int> In(IDisk disk, string directory, string ending)
    {
        var numbers = new List<int>();
        foreach (var name in disk.ListFiles(directory))
        {
            if (
                name.EndsWith(ending, StringComparison.Ordinal)
                && int.TryParse(
                    name.AsSpan(0, name.Length - ending.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
            {
                numbers.Add(number);
            }
        }
        numbers.Sort();
        return numbers;
    }
}
