using Actors.Grains.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>
/// Brings the issuer's key set, from a file, over https or by discovery, and brings it again from time to time and when a token names a
/// key that is not in it. The last good set stays in force while a newer one cannot be had.
/// </summary>
internal sealed partial class JwksSource(
    AuthOptions options,
    KeyRing keys,
    KeyDocuments documents,
    TimeProvider time,
    ILogger<JwksSource> logger
) : BackgroundService
{
    // Anybody can send a token with an invented kid; that must not become a flood on the issuer.
    private static readonly TimeSpan PauseBetweenDemands = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _demand = new(0, 1);

    /// <summary>Asks for a fresh set soon.</summary>
    public void Demand()
    {
        try
        {
            _demand.Release();
        }
        catch (SemaphoreFullException)
        {
            // Asked for already.
        }
    }

    /// <exception cref="SettingException">There is no first set; without one nobody could sign in.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            keys.Replace(await Load(cancellationToken));
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            throw new SettingException(
                options.Authority is null ? "Auth:Jwks" : "Auth:Authority",
                $"cannot be read: {fault.Message}"
            );
        }
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _demand.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(PauseBetweenDemands, time, stoppingToken);
            var rest = TimeSpan.FromSeconds(options.JwksRefreshSeconds) - PauseBetweenDemands;
            await _demand.WaitAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, stoppingToken);
            await Refresh(stoppingToken);
        }
    }

    private async Task Refresh(CancellationToken stopping)
    {
        try
        {
            keys.Replace(await Load(stopping));
        }
        catch (Exception fault) when (IsExpected(fault) && !stopping.IsCancellationRequested)
        {
            LogKept(logger, fault);
        }
    }

    private async Task<IReadOnlyList<TokenKey>> Load(CancellationToken cancellation)
    {
        var source = options.Jwks ?? await documents.DiscoverAsync(options.Authority!, cancellation);
        var published = KeySet.Parse(await documents.ReadAsync(source, cancellation));
        return options.Secret is { } secret ? [TokenKey.OfSecret(secret), .. published] : published;
    }

    private static bool IsExpected(Exception fault) =>
        fault
            is FormatException
                or IOException
                or UnauthorizedAccessException
                or HttpRequestException
                or TaskCanceledException;

    [LoggerMessage(LogLevel.Warning, "The key set could not be refreshed; the last good one stays in force")]
    private static partial void LogKept(ILogger logger, Exception fault);
}
