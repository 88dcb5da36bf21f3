namespace Actors.Bench.Hosts;

/// <summary>A table that reads well at a console and is Markdown at the same time.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] row) => _rows.Add(row);

    public void Print()
    {
        var widths = header.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        Console.WriteLine(Line(header, widths));
        Console.WriteLine("|" + string.Concat(widths.Select((width, column) => Rule(width, column))));
        foreach (var row in _rows.Skip(1))
        {
            Console.WriteLine(Line(row, widths));
        }
        Console.WriteLine();
    }

    public static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:N2} ms";

    private static string Rule(int width, int column) =>
        column == 0 ? new string('-', width + 2) + "|" : new string('-', width + 1) + ":|";

    private static string Line(string[] row, int[] widths) =>
        "| "
        + string.Join(
            " | ",
            row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))
        )
        + " |";
}
