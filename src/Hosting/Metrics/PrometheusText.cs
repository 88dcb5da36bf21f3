using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Actors.Hosting.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
        {
            return "";
        }
        var sorted = labels.ToArray().OrderBy(label => label.Key, StringComparer.Ordinal);
        return "{" + string.Join(',', sorted.Select(label => $"{Name(label.Key)}=\"{Escape(label.Value)}\"")) + "}";
    }

    public static void Append(StringBuilder text, Series series)
    {
        var name =
            Name(series.Instrument.Name) + UnitSuffix(series.Instrument.Unit) + (series.IsCounter ? "_total" : "");
        AppendHead(text, name, series.Instrument, series.IsCounter ? "counter" : "gauge");
        foreach (var cell in series.Cells)
        {
            AppendSample(text, name, cell.Labels, cell.Value);
        }
    }

    public static void Append(StringBuilder text, Instrument instrument, RequestDurations durations)
    {
        var name = Name(instrument.Name) + "_seconds";
        AppendHead(text, name, instrument, "histogram");
        foreach (var (labels, histogram) in durations.All)
        {
            var open = labels[..^1] + ",le=\"";
            var seen = 0L;
            for (var i = 0; i < histogram.Counts.Count; i++)
            {
                seen += histogram.Counts[i];
                var bound = i < RequestDurations.Bounds.Length ? Number(RequestDurations.Bounds[i]) : "+Inf";
                AppendSample(text, name + "_bucket", $"{open}{bound}\"}}", seen);
            }
            AppendSample(text, name + "_sum", labels, histogram.Sum);
            AppendSample(text, name + "_count", labels, seen);
        }
    }

    private static void AppendHead(StringBuilder text, string name, Instrument instrument, string type)
    {
        var help = (instrument.Description ?? "").Replace("\\", "\\\\").Replace("\n", "\\n");
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private static void AppendSample(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Name(string name) => name.Replace('.', '_').Replace('-', '_');

    private static string UnitSuffix(string? unit) =>
        unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };

    private static string Escape(object? value) =>
        (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            .Replace("\\", "\\\\")
            .Replace("\"", "\\\"")
            .Replace("\n", "\\n");
}
