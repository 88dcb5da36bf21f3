using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Operations.Switches;

namespace Actors.ApiHost.Live;

/// <summary>One live connection from its opening to its end; holds one of the person's places.</summary>
internal sealed class LiveSession(
    Caller caller,
    IDisposable place,
    FeatureState feature,
    IHostApplicationLifetime lifetime,
    Revocations revocations,
    TimeProvider time,
    ILogger logger
) : IDisposable
{
    // A timer takes no more; whoever stays that long resumes.
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    private readonly CancellationTokenSource _expiry = new(LifeOf(caller, time), time);
    private readonly LiveFeed _feed = new(time, logger);
    private IReadOnlyList<ILiveSource> _passing = [];

    /// <summary>How far the client has come.</summary>
    public string Id => _feed.Id;

    public Task<bool> OpenAsync(
        IReadOnlyDictionary<char, ILiveSource> sources,
        IReadOnlyList<ILiveSource> passing,
        LiveCursor resumed
    )
    {
        _passing = passing;
        return _feed.OpenAsync(sources, passing, resumed);
    }

    /// <summary>Feeds the client until it is gone or must go; null when it is gone.</summary>
    public async Task<LiveEnd?> RunAsync(ILiveClient client, CancellationToken gone)
    {
        var stopping = lifetime.ApplicationStopping;
        using var _ = revocations.EndWith(caller, _expiry);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping, _expiry.Token);
        try
        {
            await _feed.RunAsync(client, () => feature.IsOn, stop.Token);
            return LiveEnd.SwitchedOff;
        }
        catch (OperationCanceledException)
        {
            return gone.IsCancellationRequested ? null
                : stopping.IsCancellationRequested ? LiveEnd.Stopping
                : _expiry.IsCancellationRequested ? LiveEnd.TokenExpired
                : null;
        }
    }

    public void Dispose()
    {
        _expiry.Dispose();
        foreach (var source in _passing.OfType<IDisposable>())
        {
            source.Dispose();
        }
        place.Dispose();
    }

    private static TimeSpan LifeOf(Caller caller, TimeProvider time)
    {
        var left = caller.ExpiresAt - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : left < LongestLife ? left
            : LongestLife;
    }
}
