using System.Diagnostics;

namespace Actors.Cluster.Tests.Chaos;

/// <summary>How requests fared since it was last asked.</summary>
internal sealed class Weather
{
    private readonly Lock _gate = new();
    private long _since = Stopwatch.GetTimestamp();
    private long _firstFailure;
    private long _lastFailure;
    private long _slowest;
    private int _requests;
    private int _failed;

    public void Note(long began, bool isOk)
    {
        var ended = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _requests++;
            _slowest = Math.Max(_slowest, ended - began);
            if (!isOk)
            {
                _failed++;
                _firstFailure = _firstFailure == 0 ? began : Math.Min(_firstFailure, began);
                _lastFailure = Math.Max(_lastFailure, ended);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            (_since, _firstFailure, _lastFailure, _slowest, _requests, _failed) = (
                Stopwatch.GetTimestamp(),
                0,
                0,
                0,
                0,
                0
            );
        }
    }

    /// <summary>No request has failed for as long, and some were sent.</summary>
    public bool HasBeenFair(TimeSpan longEnough)
    {
        lock (_gate)
        {
            var from = Math.Max(_since, _lastFailure);
            return _requests > _failed && Stopwatch.GetElapsedTime(from) >= longEnough;
        }
    }

    public Storm Report()
    {
        lock (_gate)
        {
            return new Storm(
                Stopwatch.GetElapsedTime(_firstFailure, _lastFailure),
                Stopwatch.GetElapsedTime(0, _slowest),
                _requests,
                _failed
            );
        }
    }
}

/// <param name="Lasted">From the first request that failed to the end of the last one.</param>
/// <param name="Slowest">The longest that any request was waited for.</param>
internal sealed record Storm(TimeSpan Lasted, TimeSpan Slowest, int Requests, int Failed)
{
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Lasted.TotalSeconds:F1} s of failing requests ({Failed} of {Requests}), slowest answer {Slowest.TotalSeconds:F1} s"
        );
}
