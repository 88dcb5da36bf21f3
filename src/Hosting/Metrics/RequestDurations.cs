using System.Collections.Concurrent;
using System.Globalization;

namespace Actors.Hosting.Metrics;

/// <summary>The framework's <c>http.server.request.duration</c> as a histogram by route, method and status.</summary>
internal sealed class RequestDurations(TrafficWindows windows)
{
    public const string InstrumentName = "http.server.request.duration";

    public static readonly double[] Bounds =
    [
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.15,
        0.2,
        0.3,
        0.5,
        1,
        2.5,
        5,
        10,
    ];

    private readonly ConcurrentDictionary<Key, Histogram> _histograms = new();

    public IEnumerable<(string Labels, Histogram Histogram)> All =>
        _histograms.Select(one =>
            (
                PrometheusText.Labels([
                    new("http_request_method", one.Key.Method),
                    new("http_response_status_code", one.Key.Status.ToString(CultureInfo.InvariantCulture)),
                    new("http_route", one.Key.Route),
                ]),
                one.Value
            )
        );

    public void Record(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = KeyOf(labels);
        if (!_histograms.TryGetValue(key, out var histogram))
        {
            histogram = _histograms.GetOrAdd(key, _ => new Histogram());
        }
        histogram.Add(seconds);
        if (key.Route.StartsWith("/api/", StringComparison.Ordinal))
        {
            windows.RequestDone(seconds, key.Status);
        }
    }

    // Bounded: routes are those that are mapped, the framework folds unknown methods into one.
    private static Key KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var (route, method, status) = ("", "", 0);
        foreach (var (name, value) in labels)
        {
            switch (name)
            {
                case "http.route":
                    route = value as string ?? "";
                    break;
                case "http.request.method":
                    method = value as string ?? "";
                    break;
                case "http.response.status_code":
                    status = value as int? ?? 0;
                    break;
            }
        }
        return new Key(route, method, status);
    }

    private readonly record struct Key(string Route, string Method, int Status);

    internal sealed class Histogram
    {
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private long _nanoseconds;

        public double Sum => Interlocked.Read(ref _nanoseconds) / 1e9;

        public IReadOnlyList<long> Counts => _counts;

        public void Add(double seconds)
        {
            var bucket = 0;
            while (bucket < Bounds.Length && seconds > Bounds[bucket])
            {
                bucket++;
            }
            Interlocked.Increment(ref _counts[bucket]);
            Interlocked.Add(ref _nanoseconds, (long)(seconds * 1e9));
        }
    }
}
