using System.Diagnostics.Metrics;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.Hosting.Metrics;
using Actors.Hosting.Storage;

namespace Actors.ApiHost.Calls;

/// <summary>
/// Between requests and the grains that they wait for. Everywhere: only so many may wait. On a cluster as well: what cannot
/// be done is refused at once while the storage or the silos are away, and what may be sent twice is sent twice.
/// </summary>
/// <remarks>On one machine a request pays two interlocked additions and allocates nothing here: docs/decisions/0020-calls.md.</remarks>
internal sealed class CallGuard
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly KeyValuePair<string, object?> Full = new("reason", "full");
    private static readonly KeyValuePair<string, object?> Away = new("reason", "away");

    private readonly int _mostWaiting;
    private readonly StorageWatch? _storage;
    private readonly TimeProvider _time;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _repeated;
    private int _waiting;

    /// <param name="storage">Null on one machine: there the grains live and die with this process.</param>
    public CallGuard(CallOptions options, StorageWatch? storage, TimeProvider time, IMeterFactory meters)
    {
        (_mostWaiting, _storage, _time) = (options.Waiting, storage, time);
        var meter = meters.Create(AlertGauges.MeterName);
        meter.CreateObservableGauge(
            "actors.calls.waiting",
            () => Volatile.Read(ref _waiting),
            "{request}",
            "Requests that wait for grains."
        );
        _refused = meter.CreateCounter<long>(
            "actors.calls.refused",
            "{request}",
            "Requests refused before any grain was asked: too many were waiting (full), or there was nobody to ask (away)."
        );
        _repeated = meter.CreateCounter<long>(
            "actors.calls.repeated",
            "{request}",
            "Reads and keyed commands that this host asked for a second time by itself."
        );
    }

    /// <summary>False when too many wait already; else <see cref="Leave"/> must follow.</summary>
    public bool TryEnter(HttpContext http)
    {
        if (Interlocked.Increment(ref _waiting) <= _mostWaiting || IsProbe(http))
        {
            return true;
        }
        Leave();
        _refused.Add(1, Full);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _waiting);

    public ValueTask<Outcome<TAnswer>> AskAsync<TAnswer>(HttpContext http, ApiRoutes.Handler<TAnswer> handler) =>
        _storage is null || IsProbe(http) ? handler(new Call(http)) : AskAsync(http, handler, _storage);

    public ValueTask<Outcome<TAnswer>> AskAsync<TBody, TAnswer>(
        HttpContext http,
        ApiRoutes.BodyHandler<TBody, TAnswer> handler,
        TBody body
    ) => _storage is null ? handler(new Call(http), body) : AskAsync(http, call => handler(call, body), _storage);

    private async ValueTask<Outcome<TAnswer>> AskAsync<TAnswer>(
        HttpContext http,
        ApiRoutes.Handler<TAnswer> handler,
        StorageWatch storage
    )
    {
        var isRead = Faults.IsRead(http.Request);
        if (IsAway(http, storage.State, isRead))
        {
            _refused.Add(1, Away);
            return HttpRefusals.Unavailable;
        }
        var deadline = CallDeadline.Current = new CallDeadline(_time);
        for (var mayRepeat = MayRepeat(http, isRead); ; mayRepeat = false)
        {
            try
            {
                return await handler(new Call(http));
            }
            catch (Exception fault) when (Faults.IsUnavailable(fault))
            {
                storage.Doubt();
                if (!mayRepeat || deadline.Left < Pause * 2)
                {
                    throw;
                }
            }
            _repeated.Add(1);
            await Task.Delay(Pause, _time);
        }
    }

    /// <summary>Grains that are awake answer reads without any storage.</summary>
    private static bool IsAway(HttpContext http, StorageState state, bool isRead) =>
        state == StorageState.Unreachable || (state == StorageState.Away && !isRead && !Has<Degrading>(http));

    private static bool MayRepeat(HttpContext http, bool isRead) => isRead || Has<Keyed>(http);

    /// <summary>Operators and load balancers are answered when nobody else is.</summary>
    private static bool IsProbe(HttpContext http) => Has<Unlimited>(http);

    private static bool Has<T>(HttpContext http)
        where T : class => http.GetEndpoint()?.Metadata.GetMetadata<T>() is not null;
}
