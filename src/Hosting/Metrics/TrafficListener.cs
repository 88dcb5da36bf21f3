using System.Diagnostics.Metrics;
using Actors.Grains.Operations;

namespace Actors.Hosting.Metrics;

/// <summary>Fills the windows that alerts look at from the instruments that everybody else reads as well.</summary>
internal sealed class TrafficListener : IDisposable
{
    private const string RequestDuration = "http.server.request.duration";

    private readonly MeterListener _listener = new();
    private readonly TrafficWindows _windows;
    private readonly IMeterFactory _meters;

    public TrafficListener(TrafficWindows windows, IMeterFactory meters)
    {
        (_windows, _meters) = (windows, meters);
        _listener.InstrumentPublished = Subscribe;
        _listener.SetMeasurementEventCallback<double>((_, seconds, labels, _) => RequestDone(seconds, labels));
        _listener.SetMeasurementEventCallback<long>(
            static (_, amount, labels, window) => ((Action<long, string?>)window!)(amount, FirstOf(labels))
        );
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Subscribe(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, _meters))
        {
            // Of another host in this process.
            return;
        }
        if (instrument.Name == RequestDuration)
        {
            listener.EnableMeasurementEvents(instrument);
        }
        else if (WindowOf(instrument.Name) is { } window)
        {
            listener.EnableMeasurementEvents(instrument, window);
        }
    }

    private Action<long, string?>? WindowOf(string instrument) =>
        instrument switch
        {
            GrainMetrics.MoodChangesName => (amount, _) => _windows.MoodChanges.Add(amount),
            GrainMetrics.MoodRateLimitedName => (amount, _) => _windows.MoodLimitHits.Add(amount),
            GrainMetrics.TemplateRenderFailuresName => (amount, _) => _windows.TemplateFailures.Add(amount),
            GrainMetrics.StorageErrorsName or "journal.errors" => (amount, _) => _windows.StorageErrors.Add(amount),
            GrainMetrics.MoodReadsName => (amount, result) =>
                (result == "hit" ? _windows.CacheHits : _windows.CacheMisses).Add(amount),
            _ => null,
        };

    private void RequestDone(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var (isApi, status) = (false, 0);
        foreach (var (name, value) in labels)
        {
            switch (name)
            {
                case "http.route":
                    isApi = value is string route && route.StartsWith("/api/", StringComparison.Ordinal);
                    break;
                case "http.response.status_code":
                    status = value as int? ?? 0;
                    break;
            }
        }
        if (isApi)
        {
            _windows.RequestDone(seconds, status);
        }
    }

    private static string? FirstOf(ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        labels.IsEmpty ? null : labels[0].Value as string;
}
