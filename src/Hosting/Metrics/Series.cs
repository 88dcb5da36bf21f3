using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Actors.Hosting.Metrics;

/// <summary>The values of one instrument, one for each set of labels.</summary>
internal sealed class Series(Instrument instrument, bool isCounter, bool replaces)
{
    // A label that grows without end would grow this host without end; what is beyond counts as "other".
    private const int MaxLabelSets = 500;

    private readonly ConcurrentDictionary<object, Cell> _cells = new();
    private readonly Cell _overflow = new("{overflow=\"true\"}");

    public Instrument Instrument { get; } = instrument;

    public bool IsCounter { get; } = isCounter;

    public IEnumerable<Cell> Cells => _overflow.Touched ? _cells.Values.Append(_overflow) : _cells.Values;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var cell = CellOf(labels);
        if (replaces)
        {
            cell.Set(value);
        }
        else
        {
            cell.Add(value);
        }
    }

    private Cell CellOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        // One label is the usual case: its value finds the cell without making text of it.
        var key = labels switch
        {
            [] => "",
            [var only] => only.Value ?? "",
            _ => PrometheusText.Labels(labels),
        };
        if (_cells.TryGetValue(key, out var cell))
        {
            return cell;
        }
        return _cells.Count < MaxLabelSets ? _cells.GetOrAdd(key, new Cell(PrometheusText.Labels(labels))) : _overflow;
    }

    internal sealed class Cell(string labels)
    {
        private double _value;

        public string Labels { get; } = labels;

        public bool Touched { get; private set; }

        public double Value => Volatile.Read(ref _value);

        public void Set(double value)
        {
            Touched = true;
            Volatile.Write(ref _value, value);
        }

        public void Add(double value)
        {
            Touched = true;
            var seen = Volatile.Read(ref _value);
            while (true)
            {
                var found = Interlocked.CompareExchange(ref _value, seen + value, seen);
                if (found.Equals(seen))
                {
                    return;
                }
                seen = found;
            }
        }
    }
}
