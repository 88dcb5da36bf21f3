using Actors.GrainInterfaces.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// The effects of durable events that their receivers have not acknowledged yet. One lane per target sends in order,
/// one at a time, again and again until it is acknowledged; lanes do not wait for each other.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed partial class Outbox(string source, Func<IGrainFactory> grains, TimeProvider time, ILogger logger)
{
    private const int EffectsPerEvent = 256;
    private const int KeptLanes = 4;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly Queue<Lane> _idle = [];
    private readonly HashSet<long> _unsent = [];
    private List<long> _acknowledged = [];
    private List<long> _taken = [];
    private TaskCompletionSource? _empty;
    private bool _stopped;

    /// <summary>Called when a lane ends because everything in it was acknowledged.</summary>
    public Action? Drained { get; set; }

    /// <summary>Numbers that no receiver has acknowledged yet.</summary>
    public IReadOnlyCollection<long> Unsent => _unsent;

    public bool HasAcknowledged => _acknowledged.Count > 0;

    public static long NumberOf(long version, int index) =>
        index < EffectsPerEvent
            ? (version * EffectsPerEvent) + index
            : throw new InvalidOperationException($"One event has at most {EffectsPerEvent} effects.");

    public static long VersionOf(long number) => number / EffectsPerEvent;

    public static int IndexOf(long number) => (int)(number % EffectsPerEvent);

    public void Add(long number, Effect effect)
    {
        _unsent.Add(number);
        if (!_lanes.TryGetValue(effect.Target, out var lane))
        {
            lane = new Lane(effect.Target);
            _lanes.Add(effect.Target, lane);
        }
        lane.Waiting.Enqueue((number, effect));
        if (!lane.IsUnderWay)
        {
            lane.IsUnderWay = true;
            _idle.Enqueue(lane);
        }
    }

    /// <summary>Starts every lane that is not under way.</summary>
    public void Send()
    {
        while (_idle.TryDequeue(out var lane))
        {
            _ = RunAsync(lane);
        }
    }

    /// <summary>Hands over the acknowledged numbers that no commit has carried yet; good until the next time.</summary>
    public IReadOnlyList<long>? TakeAcknowledged()
    {
        if (_acknowledged.Count == 0)
        {
            return null;
        }
        (_taken, _acknowledged) = (_acknowledged, _taken);
        _acknowledged.Clear();
        return _taken;
    }

    public Task WhenDrainedAsync() =>
        _unsent.Count == 0 ? Task.CompletedTask : (_empty ??= new TaskCompletionSource()).Task;

    public void Stop() => _stopped = true;

    private async Task RunAsync(Lane lane)
    {
        var retryAfter = FirstRetry;
        while (!_stopped && lane.Waiting.TryPeek(out var next))
        {
            try
            {
                await next.Effect.Send(grains(), new Delivery(source, next.Number));
                lane.Waiting.Dequeue();
                _unsent.Remove(next.Number);
                _acknowledged.Add(next.Number);
                retryAfter = FirstRetry;
            }
            catch (Exception exception) when (!_stopped)
            {
                LogRetry(exception, source, lane.Target, next.Number);
                await Task.Delay(retryAfter, time);
                retryAfter = retryAfter * 2 < LongestRetry ? retryAfter * 2 : LongestRetry;
            }
            catch (Exception)
            {
                // The activation is over; the next one sends it again.
            }
        }
        if (!_stopped)
        {
            lane.IsUnderWay = false;
            // Most grains tell the same few again and again.
            if (_lanes.Count > KeptLanes)
            {
                _lanes.Remove(lane.Target);
            }
            Drained?.Invoke();
            if (_unsent.Count == 0)
            {
                // Last, for whoever waits goes on inside.
                var empty = _empty;
                _empty = null;
                empty?.SetResult();
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Effect {Number} of {Source} did not reach {Target}; sending it again"
    )]
    private partial void LogRetry(Exception exception, string source, string target, long number);

    private sealed class Lane(string target)
    {
        public string Target { get; } = target;

        public bool IsUnderWay { get; set; }

        public Queue<(long Number, Effect Effect)> Waiting { get; } = new();
    }
}
