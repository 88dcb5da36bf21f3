using Actors.GrainInterfaces.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// The effects of durable events that their receivers have not acknowledged yet. One lane per target sends in order,
/// one at a time, again and again until it is acknowledged; lanes do not wait for each other. What goes in bulk is handed
/// to the courier.
/// </summary>
/// <remarks>
/// Runs on the scheduler of its grain: nothing here is ever on two threads at once. Only the courier comes from outside,
/// and it leaves what has arrived on a pile, which the next turn that wants to know takes in.
/// </remarks>
internal sealed partial class Outbox(
    string source,
    Courier courier,
    Func<IGrainFactory> grains,
    TimeProvider time,
    ILogger logger
)
{
    private const int EffectsPerEvent = 256;
    private const int KeptLanes = 4;

    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly Queue<Lane> _idle = [];
    private readonly Dictionary<long, Undelivered.Waiting> _unsent = [];
    private List<long> _acknowledged = [];
    private List<long> _taken = [];
    private Parcel? _arrived;
    private TaskCompletionSource? _news;
    private volatile bool _stopped;

    /// <summary>Numbers that no receiver has acknowledged yet.</summary>
    public IReadOnlyCollection<long> Unsent
    {
        get
        {
            NoteArrived();
            return _unsent.Keys;
        }
    }

    /// <summary>The oldest of them that somebody waits for; null when there is none.</summary>
    public long? OldestOwed
    {
        get
        {
            NoteArrived();
            long? oldest = null;
            foreach (var (number, waiting) in _unsent)
            {
                oldest = waiting.IsNews || oldest < number ? oldest : number;
            }
            return oldest;
        }
    }

    public bool HasAcknowledged
    {
        get
        {
            NoteArrived();
            return _acknowledged.Count > 0;
        }
    }

    public bool IsStopped => _stopped;

    public static long NumberOf(long version, int index) =>
        index < EffectsPerEvent
            ? (version * EffectsPerEvent) + index
            : throw new InvalidOperationException($"One event has at most {EffectsPerEvent} effects.");

    public static long VersionOf(long number) => number / EffectsPerEvent;

    public static int IndexOf(long number) => (int)(number % EffectsPerEvent);

    public void Add(long number, Effect effect)
    {
        var waiting = courier.Undelivered.Add(effect.Tokens, effect.Route?.IsNews == true);
        _unsent.Add(number, waiting);
        if (effect.Route is { } route)
        {
            courier.Carry(
                route,
                effect.Target,
                new Parcel(this, new Delivery(source, number), effect.Message, waiting)
            );
            return;
        }
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

    /// <summary>The courier's receiver has acknowledged. From any thread, and without a turn of the grain.</summary>
    public void Arrived(Parcel parcel)
    {
        parcel.Waiting.End();
        do
        {
            parcel.Next = Volatile.Read(ref _arrived);
        } while (Interlocked.CompareExchange(ref _arrived, parcel, parcel.Next) != parcel.Next);
        Interlocked.Exchange(ref _news, null)?.TrySetResult();
    }

    /// <summary>Hands over the acknowledged numbers that no commit has carried yet; good until the next time.</summary>
    public IReadOnlyList<long>? TakeAcknowledged()
    {
        if (!HasAcknowledged)
        {
            return null;
        }
        (_taken, _acknowledged) = (_acknowledged, _taken);
        _acknowledged.Clear();
        return _taken;
    }

    /// <summary>Completes when everything has arrived that somebody waits for.</summary>
    public Task WhenOwesNothingAsync() => WhileAsync(() => OldestOwed is not null);

    /// <summary>Completes when everything has arrived.</summary>
    public Task WhenDrainedAsync() => WhileAsync(() => Unsent.Count > 0);

    private async Task WhileAsync(Func<bool> isLeft)
    {
        while (isLeft())
        {
            // Those who wait at the same time share it; it must be in place before the pile is looked at once more.
            var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            news = Interlocked.CompareExchange(ref _news, news, null) ?? news;
            if (isLeft())
            {
                await news.Task;
            }
        }
    }

    public void Stop()
    {
        _stopped = true;
        foreach (var waiting in _unsent.Values)
        {
            waiting.End();
        }
    }

    private void NoteArrived()
    {
        if (Volatile.Read(ref _arrived) is null)
        {
            return;
        }
        for (var parcel = Interlocked.Exchange(ref _arrived, null); parcel is not null; parcel = parcel.Next)
        {
            Acknowledge(parcel.Delivery.Number);
        }
    }

    private void Acknowledge(long number)
    {
        if (!_unsent.Remove(number, out var waiting))
        {
            return;
        }
        waiting.End();
        _acknowledged.Add(number);
    }

    private async Task RunAsync(Lane lane)
    {
        var retryAfter = Retries.First;
        while (!_stopped && lane.Waiting.TryPeek(out var next))
        {
            try
            {
                await next.Effect.Send(grains(), new Delivery(source, next.Number));
                lane.Waiting.Dequeue();
                Acknowledge(next.Number);
                retryAfter = Retries.First;
            }
            catch (Exception exception) when (!_stopped)
            {
                LogRetry(exception, source, lane.Target, next.Number);
                await Task.Delay(retryAfter, time);
                retryAfter = Retries.After(retryAfter);
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
            // Last, for whoever waits looks again.
            Interlocked.Exchange(ref _news, null)?.TrySetResult();
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
