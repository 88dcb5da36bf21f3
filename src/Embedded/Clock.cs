namespace Actors.Embedded;

/// <summary>The engine's time, all of it from one provider.</summary>
internal sealed class Clock(TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    /// <summary>A timestamp that only grows; its unit is the provider's.</summary>
    public long Now => Time.GetTimestamp();

    public DateTimeOffset UtcNow => Time.GetUtcNow();

    public long ToTicks(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span.TotalDays > 100_000
            ? long.MaxValue / 4
            : (long)(span.TotalSeconds * Time.TimestampFrequency);

    public TimeSpan ToTimeSpan(long ticks) => TimeSpan.FromSeconds((double)ticks / Time.TimestampFrequency);

    /// <summary>Rounded up to what timers can tell apart, so that the time has come when the timer fires.</summary>
    public static TimeSpan Soonest(TimeSpan wait)
    {
        var rounded = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, wait.TotalMilliseconds)));
        return rounded < TimeSpan.FromDays(1) ? rounded : TimeSpan.FromDays(1);
    }

    /// <summary>A timer that carries none of the caller's ambient values into its callback.</summary>
    public ITimer CreateTimer(TimerCallback callback, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        using (ExecutionContext.SuppressFlow())
        {
            return Time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public CancellationTokenSource CancelAfter(TimeSpan delay) => new(delay, Time);
}
