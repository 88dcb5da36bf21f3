using System.Diagnostics.Metrics;

namespace Actors.Journal;

/// <summary>Figures of one open journal. Recorded once per batch, so that an append pays nothing for them.</summary>
internal sealed class JournalMetrics : IDisposable
{
    public const string MeterName = "Actors.Journal";

    private static readonly InstrumentAdvice<double> SyncBounds = new()
    {
        HistogramBucketBoundaries =
        [
            0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            5,
        ],
    };

    private static readonly InstrumentAdvice<int> BatchBounds = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _appends;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _syncs;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _syncDuration;
    private readonly Histogram<int> _batchSize;

    public JournalMetrics(Func<int> queueDepth, IJournalCondition condition, object? scope)
    {
        _meter = new(new MeterOptions(MeterName) { Scope = scope });
        _appends = _meter.CreateCounter<long>("journal.appends", "{append}", "Commits made durable.");
        _bytes = _meter.CreateCounter<long>("journal.bytes", "By", "Bytes written to the log.");
        _syncs = _meter.CreateCounter<long>("journal.syncs", "{sync}", "Batches written and synced.");
        _errors = _meter.CreateCounter<long>("journal.errors", "{error}", "Failed disk operations.");
        _syncDuration = _meter.CreateHistogram(
            "journal.sync.duration",
            "s",
            "One write and sync of a batch.",
            [],
            SyncBounds
        );
        _batchSize = _meter.CreateHistogram(
            "journal.batch.size",
            "{append}",
            "Commits that shared one sync.",
            [],
            BatchBounds
        );
        _meter.CreateObservableGauge("journal.queue.depth", queueDepth, "{append}", "Commits not yet durable.");
        _meter.CreateObservableGauge(
            "journal.damage",
            () => condition.Damage.Count,
            "{record}",
            "Damaged records met since the start."
        );
        _meter.CreateObservableGauge(
            "journal.full",
            () => condition.Full is null ? 0 : 1,
            null,
            "1 while appends are refused because there is no room, 0 otherwise."
        );
    }

    public void Synced(int appends, int bytes, TimeSpan duration)
    {
        _appends.Add(appends);
        _bytes.Add(bytes);
        _syncs.Add(1);
        _syncDuration.Record(duration.TotalSeconds);
        _batchSize.Record(appends);
    }

    public void Failed() => _errors.Add(1);

    public void Dispose() => _meter.Dispose();
}
