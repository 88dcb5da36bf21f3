using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Live;

/// <summary>Opens live connections, and ends them when their time is over.</summary>
internal sealed class LiveSessions(
    IEnumerable<ILiveStream> streams,
    IEnumerable<IPassingStream> passing,
    LiveConnections connections,
    RequestLimiter limiter,
    FeatureStates features,
    IHostApplicationLifetime lifetime,
    Revocations revocations,
    TimeProvider time,
    ILogger<LiveSessions> logger
)
{
    private readonly ILiveStream[] _streams = [.. streams];
    private readonly IPassingStream[] _passing = [.. passing];

    public Task<Outcome<LiveSession>> OpenAsync(Caller caller, string? lastEventId, string transport) =>
        OpenAsync(
            caller,
            SourcesOf(caller),
            _passing.Select(stream => stream.Open(caller)).OfType<ILiveSource>(),
            lastEventId,
            transport
        );

    /// <param name="sources">What is followed, by the letters that stand for it in cursors.</param>
    public Task<Outcome<LiveSession>> OpenAsync(
        Caller caller,
        IReadOnlyDictionary<char, ILiveSource> sources,
        string? lastEventId,
        string transport
    ) => OpenAsync(caller, sources, [], lastEventId, transport);

    /// <param name="passing">Asked for once, when the connection has its place.</param>
    private async Task<Outcome<LiveSession>> OpenAsync(
        Caller caller,
        IReadOnlyDictionary<char, ILiveSource> sources,
        IEnumerable<ILiveSource> passing,
        string? lastEventId,
        string transport
    )
    {
        var resumed = LiveCursor.Empty;
        if (lastEventId is not null && !LiveCursor.TryParse(lastEventId, out resumed))
        {
            return LiveRefusals.InvalidEventId;
        }
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return HttpRefusals.Busy;
        }
        if (lastEventId is not null && limiter.Charge(caller, RequestCosts.Resume) is { } limited)
        {
            return limited;
        }
        var place = connections.TryOpen(caller.Key, transport);
        if (place is null)
        {
            return LiveRefusals.TooManyConnections(connections.PerPerson, time.GetUtcNow());
        }
        var session = new LiveSession(caller, place, features[Features.Live], lifetime, revocations, time, logger);
        try
        {
            if (await session.OpenAsync(sources, [.. passing], resumed))
            {
                return session;
            }
            session.Dispose();
            return LiveRefusals.InvalidEventId;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private Dictionary<char, ILiveSource> SourcesOf(Caller caller)
    {
        var sources = new Dictionary<char, ILiveSource>();
        foreach (var stream in _streams)
        {
            if (stream.Open(caller) is { } source)
            {
                sources.Add(stream.Letter, source);
            }
        }
        return sources;
    }
}
