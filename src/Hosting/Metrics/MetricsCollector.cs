using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Actors.Grains.Operations;
using Actors.Hosting.Storage;

namespace Actors.Hosting.Metrics;

/// <summary>Listens to the instruments that operators ask for, and keeps their values for whoever scrapes.</summary>
internal sealed class MetricsCollector : IDisposable
{
    public const string JournalMeter = "Actors.Journal";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<Series> _series = [];
    private readonly RequestDurations _durations;
    private readonly TrafficWindows _windows;
    private readonly IMeterFactory _meters;
    private Instrument? _requests;

    public MetricsCollector(TrafficWindows windows, IMeterFactory meters)
    {
        _meters = meters;
        _windows = windows;
        _durations = new RequestDurations(windows);
        _listener.InstrumentPublished = Subscribe;
        _listener.SetMeasurementEventCallback<double>((_, value, labels, state) => Record(value, labels, state));
        _listener.SetMeasurementEventCallback<long>((_, value, labels, state) => Record(value, labels, state));
        _listener.SetMeasurementEventCallback<int>((_, value, labels, state) => Record(value, labels, state));
        _listener.Start();
    }

    public string Export()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        if (_requests is { } requests)
        {
            PrometheusText.Append(text, requests, _durations);
        }
        foreach (var series in _series.OrderBy(one => one.Instrument.Name, StringComparer.Ordinal))
        {
            PrometheusText.Append(text, series);
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Subscribe(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, _meters))
        {
            // Of another host in this process.
            return;
        }
        if (instrument.Name == RequestDurations.InstrumentName)
        {
            _requests = instrument;
            listener.EnableMeasurementEvents(instrument, _durations);
        }
        else if (IsWanted(instrument) && SeriesOf(instrument) is { } series)
        {
            _series.Add(series);
            listener.EnableMeasurementEvents(instrument, new Sink(series, WindowOf(instrument.Name)));
        }
    }

    private static bool IsWanted(Instrument instrument) =>
        instrument.Meter.Name
            is GrainMetrics.MeterName
                or AlertGauges.MeterName
                or StorageWatch.MeterName
                or JournalMeter
                or "System.Runtime"
        || instrument.Name is "kestrel.active_connections" or "kestrel.rejected_connections";

    /// <summary>Counters and gauges of every kind; other histograms are left to OTLP.</summary>
    private static Series? SeriesOf(Instrument instrument)
    {
        var kind = instrument.GetType();
        var generic = kind.IsGenericType ? kind.GetGenericTypeDefinition() : null;
        return generic switch
        {
            _ when generic == typeof(Counter<>) => new Series(instrument, isCounter: true, replaces: false),
            _ when generic == typeof(ObservableCounter<>) => new Series(instrument, isCounter: true, replaces: true),
            _ when generic == typeof(UpDownCounter<>) => new Series(instrument, isCounter: false, replaces: false),
            _ when generic == typeof(Histogram<>) => null,
            _ => new Series(instrument, isCounter: false, replaces: true),
        };
    }

    private Action<long, string?>? WindowOf(string instrument) =>
        instrument switch
        {
            "actors.mood.changes" => (amount, _) => _windows.MoodChanges.Add(amount),
            "actors.mood.rate_limited" => (amount, _) => _windows.MoodLimitHits.Add(amount),
            "actors.template.render_failures" => (amount, _) => _windows.TemplateFailures.Add(amount),
            "actors.storage.errors" or "journal.errors" => (amount, _) => _windows.StorageErrors.Add(amount),
            "actors.mood.reads" => (amount, result) =>
                (result == "hit" ? _windows.CacheHits : _windows.CacheMisses).Add(amount),
            _ => null,
        };

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, object? state)
    {
        switch (state)
        {
            case RequestDurations durations:
                durations.Record(value, labels);
                break;
            case Sink sink:
                sink.Series.Record(value, labels);
                sink.Window?.Invoke((long)value, labels.IsEmpty ? null : labels[0].Value as string);
                break;
        }
    }

    private sealed record Sink(Series Series, Action<long, string?>? Window);
}
