using Actors.Embedded;

namespace Actors.Simulation.Tests.Loops;

/// <summary>
/// What dies together: a process, or the world around it. All of its work and all of its timers go through the loop; from
/// the moment it dies nothing of it runs any more, as after a kill.
/// </summary>
internal sealed class FaultDomain : SynchronizationContext, ITurnScheduler
{
    private readonly SimulationLoop _loop;

    public FaultDomain(SimulationLoop loop, string name)
    {
        _loop = loop;
        Name = name;
        Time = new DomainTime(loop, this);
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public TimeProvider Time { get; }

    public void Die() => IsAlive = false;

    public void Schedule(IThreadPoolWorkItem workItem) => _loop.Add(new Work(this, WorkKind.Turn, Execute, workItem));

    public override void Post(SendOrPostCallback d, object? state) =>
        _loop.Add(new Work(this, WorkKind.Continuation, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NonDeterminismException($"Something in {Name} blocks its thread to wait for work.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;

    private static void Execute(object? workItem) => ((IThreadPoolWorkItem)workItem!).Execute();

    /// <summary>The time as code of this domain sees it.</summary>
    private sealed class DomainTime(SimulationLoop loop, FaultDomain domain) : TimeProvider
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
}
