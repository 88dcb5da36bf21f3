namespace Actors.TestKit.Loops;

/// <summary>The time as code of one domain sees it; its timers die with the domain.</summary>
internal sealed class DomainTime(SimulationLoop loop, FaultDomain domain) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        loop.AssertOwnThread();
        return loop.Clock.Now;
    }

    public override long GetTimestamp()
    {
        loop.AssertOwnThread();
        return loop.Clock.Elapsed.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(loop, domain, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
