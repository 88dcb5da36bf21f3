using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// Carries what the grains of this process send in bulk. One lane per receiver: the first parcel goes at once, and what
/// comes within a fifth of a second after it goes together, so that a busy receiver is called, and writes, a few times a
/// second and not for every message.
/// </summary>
/// <remarks>
/// A lane sends in the order in which it was given parcels, one call at a time, again and again until the receiver has
/// answered. After a few failures it sends what each grain has to say by itself, so that a message that cannot be taken in
/// holds up those behind it from the same grain, and nobody else's. Grains call from their turns, the timer and answers
/// come from anywhere; hence the lock.
/// </remarks>
public sealed partial class Courier : IDisposable
{
    internal const int MostAtOnce = 256;

    private const int FailuresInARow = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileSomeArrive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(BulkRoute Route, string Key), Lane> _lanes = [];
    private readonly PriorityQueue<Lane, TimeSpan> _resting = new();
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _startedAt;
    private readonly ITimer _timer;
    private TimeSpan _notBefore;
    private TimeSpan? _armedFor;
    private bool _stopped;

    public Courier(IServiceProvider services, TimeProvider time, ILogger<Courier> logger)
    {
        (_services, _time, _logger, _startedAt) = (services, time, logger, time.GetTimestamp());
        // Whoever happens to be the first to need it lends it nothing of its own.
        using var apart = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static self => ((Courier)self!).SendDue(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer.Dispose();
        }
    }

    internal void Carry(BulkRoute route, string key, Parcel parcel)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue((route, key), out var lane))
            {
                lane.Waiting.Enqueue(parcel);
                return;
            }
            lane = new Lane(route, key);
            _lanes.Add((route, key), lane);
            lane.Waiting.Enqueue(parcel);
            LookAt(lane, Now);
        }
    }

    private void LookAt(Lane lane, TimeSpan due)
    {
        _resting.Enqueue(lane, due);
        Arm();
    }

    /// <summary>Lanes whose times are near each other are looked at together.</summary>
    private void Arm()
    {
        if (_stopped || !_resting.TryPeek(out _, out var due))
        {
            return;
        }
        due = due > _notBefore ? due : _notBefore;
        if (_armedFor <= due)
        {
            return;
        }
        _armedFor = due;
        var wait = Math.Max(0, Math.Ceiling((due - Now).TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private void SendDue()
    {
        List<Lane> due = [];
        lock (_gate)
        {
            var now = Now;
            (_armedFor, _notBefore) = (null, now + BetweenLooks);
            while (!_stopped && _resting.TryPeek(out var lane, out var at) && at <= now)
            {
                _resting.Dequeue();
                if (lane.TryLoad())
                {
                    due.Add(lane);
                }
                else
                {
                    _lanes.Remove((lane.Route, lane.Key));
                }
            }
            Arm();
        }
        foreach (var lane in due)
        {
            _ = SendAsync(lane);
        }
    }

    private async Task SendAsync(Lane lane)
    {
        TimeSpan rest;
        try
        {
            var grains = (IGrainFactory)_services.GetService(typeof(IGrainFactory))!;
            do
            {
                await (lane.Failures < FailuresInARow ? SendTogetherAsync(grains, lane) : SendApartAsync(grains, lane));
            } while (Reload(lane));
            (rest, lane.Failures, lane.RetryAfter) = (Rest, 0, Retries.First);
        }
        catch (Exception exception) when (!_stopped)
        {
            LogRetry(exception, lane.Load.Count, lane.Route, lane.Key);
            (rest, lane.RetryAfter) = (lane.RetryAfter, Retries.After(lane.RetryAfter));
            lane.Failures++;
        }
        catch (Exception)
        {
            // The process ends; what did not arrive is sent again after the next start.
            return;
        }
        lock (_gate)
        {
            LookAt(lane, Now + rest);
        }
    }

    private static async Task SendTogetherAsync(IGrainFactory grains, Lane lane)
    {
        await lane.Route.SendAsync(grains, lane.Key, lane.Load);
        Arrived(lane.Load);
        lane.Load.Clear();
    }

    /// <summary>Those who fail go behind the others; a receiver that takes in nothing is not asked for each of them.</summary>
    private static async Task SendApartAsync(IGrainFactory grains, Lane lane)
    {
        List<Exception> failures = [];
        foreach (
            var own in lane.Load.GroupBy(static parcel => parcel.Sender).Select(static own => own.ToList()).ToList()
        )
        {
            lane.Load.RemoveAll(own.Contains);
            try
            {
                await lane.Route.SendAsync(grains, lane.Key, own);
                Arrived(own);
                lane.RetryAfter = WhileSomeArrive;
            }
            catch (Exception exception)
            {
                lane.Load.AddRange(own);
                failures.Add(exception);
                if (failures.Count == FailuresInARow)
                {
                    break;
                }
            }
        }
        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    private static void Arrived(List<Parcel> parcels)
    {
        foreach (var parcel in parcels)
        {
            parcel.Sender.Arrived(parcel);
        }
    }

    /// <summary>A lane with another full load goes on without a rest.</summary>
    private bool Reload(Lane lane)
    {
        lock (_gate)
        {
            return lane.Waiting.Count >= MostAtOnce && !_stopped && lane.TryLoad();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} effects did not reach {Route} {Key}; sending them again"
    )]
    private partial void LogRetry(Exception exception, int count, BulkRoute route, string key);

    private sealed class Lane(BulkRoute route, string key)
    {
        public BulkRoute Route { get; } = route;

        public string Key { get; } = key;

        public Queue<Parcel> Waiting { get; } = new();

        /// <summary>What is under way, or comes first at the next attempt. While it is under way nobody changes it.</summary>
        public List<Parcel> Load { get; } = [];

        public TimeSpan RetryAfter { get; set; } = Retries.First;

        /// <summary>Since everything last arrived.</summary>
        public int Failures { get; set; }

        /// <summary>False when there is nothing to send. A sender that has stopped sends again in its next life.</summary>
        public bool TryLoad()
        {
            Load.RemoveAll(static parcel => parcel.Sender.IsStopped);
            while (Load.Count < MostAtOnce && Waiting.TryDequeue(out var parcel))
            {
                if (!parcel.Sender.IsStopped)
                {
                    Load.Add(parcel);
                }
            }
            return Load.Count > 0;
        }
    }
}
