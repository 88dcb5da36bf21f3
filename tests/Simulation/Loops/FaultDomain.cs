using Actors.Embedded;

namespace Actors.Simulation.Tests.Loops;

/// <summary>
/// What dies together: a process, or the world around it. All of its work and all of its timers go through the loop; from
/// the moment it dies nothing of it runs any more, as after a kill.
/// </summary>
internal sealed class FaultDomain : SynchronizationContext, ITurnScheduler
{
    private readonly SimulationLoop _loop;
    private readonly List<TaskCompletionSource> _waiting = [];

    public FaultDomain(SimulationLoop loop, string name)
    {
        _loop = loop;
        Name = name;
        Time = new DomainTime(loop, this);
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public TimeProvider Time { get; }

    /// <summary>How many wait outside for something to end in here.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Runs something in here for somebody outside, who learns of its end or of this domain's.</summary>
    public Task RunAsync(Func<Task> work)
    {
        var end = new TaskCompletionSource();
        if (!IsAlive)
        {
            end.SetException(new DomainDiedException(Name));
            return end.Task;
        }
        _waiting.Add(end);
        Post(_ => Run(work, end), null);
        return end.Task;
    }

    public void Die()
    {
        IsAlive = false;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var end in waiting)
        {
            end.TrySetException(new DomainDiedException(Name));
        }
    }

    public void Schedule(IThreadPoolWorkItem workItem) => _loop.Add(new Work(this, WorkKind.Turn, Execute, workItem));

    /// <summary>Puts the journal's next batch among the work that is ready, at once or later.</summary>
    public void ScheduleWrite(Action write, TimeSpan delay)
    {
        var work = new Work(this, WorkKind.Disk, static write => ((Action)write!)(), write);
        if (delay == TimeSpan.Zero)
        {
            _loop.Add(work);
        }
        else
        {
            Time.CreateTimer(_ => _loop.Add(work), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        _loop.Add(new Work(this, WorkKind.Continuation, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NonDeterminismException($"Something in {Name} blocks its thread to wait for work.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;

    private static void Execute(object? workItem) => ((IThreadPoolWorkItem)workItem!).Execute();

    private async void Run(Func<Task> work, TaskCompletionSource end)
    {
        Exception? failure = null;
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        if (_waiting.Remove(end))
        {
            End(end, failure);
        }
    }

    private static void End(TaskCompletionSource end, Exception? failure)
    {
        if (failure is null)
        {
            end.SetResult();
        }
        else
        {
            end.SetException(failure);
        }
    }
}

/// <summary>Whoever was asked is gone.</summary>
internal sealed class DomainDiedException(string name) : Exception($"{name} has died.");
