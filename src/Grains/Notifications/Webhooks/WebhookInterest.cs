using System.Collections.Frozen;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// What this silo knows about which events anybody wants, so that an event that nobody wants costs nothing. While it is
/// asked it asks the catalog every few seconds; nobody waits for that.
/// </summary>
/// <remarks>
/// It may say yes in vain, and then a feed drops the message. Not knowing is a yes: after a start, when the catalog does not
/// answer, and at the first event after a long rest. So a subscription is in effect, on every silo and across restarts, within
/// <see cref="AskEvery"/> and <see cref="AnswerWithin"/>. Grains ask from their turns, the timer comes from anywhere.
/// </remarks>
public sealed partial class WebhookInterest : IDisposable
{
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>So many times it asks without having been asked; then it rests.</summary>
    private const int MostInVain = 60;

    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    // Null while it is not known.
    private volatile FrozenSet<string>? _wanted;
    private volatile bool _isUsed;
    private int _isAwake;
    private int _inVain;

    public WebhookInterest(IServiceProvider services, TimeProvider time, ILogger<WebhookInterest> logger)
    {
        (_services, _time, _logger) = (services, time, logger);
        // Whoever happens to be the first to need it lends it nothing of its own.
        using var apart = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static self => _ = ((WebhookInterest)self!).AskAsync(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>The event, marked when apps are to be told of it.</summary>
    /// <param name="eventType">What apps call it; null for what they are never told.</param>
    public TEvent Mark<TEvent>(TEvent @event, string? eventType)
        where TEvent : TellableEvent =>
        eventType is not null && MayWant(eventType) ? @event with { Told = true } : @event;

    public void Dispose() => _timer.Dispose();

    private bool MayWant(string eventType)
    {
        // Looked at first: written by every purchase, it would go from one processor to the other.
        if (!_isUsed)
        {
            _isUsed = true;
        }
        if (_wanted is { } wanted)
        {
            return wanted.Contains(eventType);
        }
        if (Interlocked.CompareExchange(ref _isAwake, 1, 0) == 0)
        {
            AskIn(TimeSpan.Zero);
        }
        return true;
    }

    private async Task AskAsync()
    {
        _inVain = _isUsed ? 0 : _inVain + 1;
        _isUsed = false;
        if (_inVain > MostInVain)
        {
            _inVain = 0;
            _wanted = null;
            Volatile.Write(ref _isAwake, 0);
            return;
        }
        try
        {
            var grains = (IGrainFactory)_services.GetService(typeof(IGrainFactory))!;
            var answer = grains.GetGrain<IWebhookCatalogGrain>(IWebhookCatalogGrain.Key).Wanted().AsTask();
            _wanted = (await answer.WaitAsync(AnswerWithin, _time)).EventTypes.ToFrozenSet();
        }
        catch (Exception exception)
        {
            _wanted = null;
            LogUnknown(exception);
        }
        AskIn(AskEvery);
    }

    private void AskIn(TimeSpan wait) => _timer.Change(wait, Timeout.InfiniteTimeSpan);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "It is not known which events webhooks want; all are told until it is"
    )]
    private partial void LogUnknown(Exception exception);
}
