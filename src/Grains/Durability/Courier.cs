using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// Carries what the grains of this process send in bulk. One sack per receiver: the first parcel goes at once, and what
/// comes within a fifth of a second after it goes together, so that a busy receiver is called, and writes, a few times a
/// second and not for every message.
/// </summary>
/// <remarks>
/// A sack sends in the order in which it was given parcels, one call at a time, again and again until the receiver has
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
    private readonly Dictionary<(BulkRoute Route, string Key), Sack> _sacks = [];
    private readonly PriorityQueue<Sack, TimeSpan> _resting = new();
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
        Undelivered = new Undelivered(time);
        // Whoever happens to be the first to need it lends it nothing of its own.
        using var apart = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static self => ((Courier)self!).SendDue(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>What has been sent by any route and has not arrived.</summary>
    public Undelivered Undelivered { get; }

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
            if (_sacks.TryGetValue((route, key), out var sack))
            {
                sack.Waiting.Enqueue(parcel);
                return;
            }
            sack = new Sack(route, key);
            _sacks.Add((route, key), sack);
            sack.Waiting.Enqueue(parcel);
            LookAt(sack, Now);
        }
    }

    private void LookAt(Sack sack, TimeSpan due)
    {
        _resting.Enqueue(sack, due);
        Arm();
    }

    /// <summary>Sacks whose times are near each other are looked at together.</summary>
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
        List<Sack> due = [];
        lock (_gate)
        {
            var now = Now;
            (_armedFor, _notBefore) = (null, now + BetweenLooks);
            while (!_stopped && _resting.TryPeek(out var sack, out var at) && at <= now)
            {
                _resting.Dequeue();
                if (sack.TryLoad())
                {
                    due.Add(sack);
                }
                else
                {
                    _sacks.Remove((sack.Route, sack.Key));
                }
            }
            Arm();
        }
        foreach (var sack in due)
        {
            _ = SendAsync(sack);
        }
    }

    private async Task SendAsync(Sack sack)
    {
        TimeSpan rest;
        try
        {
            var grains = (IGrainFactory)_services.GetService(typeof(IGrainFactory))!;
            do
            {
                await (sack.Failures < FailuresInARow ? SendTogetherAsync(grains, sack) : SendApartAsync(grains, sack));
            } while (Reload(sack));
            (rest, sack.Failures, sack.RetryAfter) = (Rest, 0, Retries.First);
        }
        catch (Exception exception) when (!_stopped)
        {
            LogRetry(exception, sack.Load.Count, sack.Route, sack.Key);
            (rest, sack.RetryAfter) = (sack.RetryAfter, Retries.After(sack.RetryAfter));
            sack.Failures++;
        }
        catch (Exception)
        {
            // The process ends; what did not arrive is sent again after the next start.
            return;
        }
        lock (_gate)
        {
            LookAt(sack, Now + rest);
        }
    }

    private static async Task SendTogetherAsync(IGrainFactory grains, Sack sack)
    {
        await sack.Route.SendAsync(grains, sack.Key, sack.Load);
        Arrived(sack.Load);
        sack.Load.Clear();
    }

    /// <summary>Those who fail go behind the others; a receiver that takes in nothing is not asked for each of them.</summary>
    private static async Task SendApartAsync(IGrainFactory grains, Sack sack)
    {
        List<Exception> failures = [];
        foreach (
            var own in sack.Load.GroupBy(static parcel => parcel.Sender).Select(static own => own.ToList()).ToList()
        )
        {
            sack.Load.RemoveAll(own.Contains);
            try
            {
                await sack.Route.SendAsync(grains, sack.Key, own);
                Arrived(own);
                sack.RetryAfter = WhileSomeArrive;
            }
            catch (Exception exception)
            {
                sack.Load.AddRange(own);
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

    /// <summary>A sack with another full load goes on without a rest.</summary>
    private bool Reload(Sack sack)
    {
        lock (_gate)
        {
            return sack.Waiting.Count >= MostAtOnce && !_stopped && sack.TryLoad();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} effects did not reach {Route} {Key}; sending them again"
    )]
    private partial void LogRetry(Exception exception, int count, BulkRoute route, string key);

    private sealed class Sack(BulkRoute route, string key)
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
