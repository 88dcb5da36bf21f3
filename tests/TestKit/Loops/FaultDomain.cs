namespace Actors.TestKit.Loops;

/// <summary>
/// What dies together: a process, or the world around it. All of its work and all of its timers go through the loop; from
/// the moment it dies nothing of it runs any more, as after a kill. What it does outside of grains runs in any order, as
/// on the threads of a pool.
/// </summary>
internal sealed class FaultDomain : TaskScheduler
{
    private readonly List<TaskCompletionSource> _waiting = [];

    public FaultDomain(SimulationLoop loop, string name)
    {
        Loop = loop;
        Name = name;
        Time = new DomainTime(loop, this);
    }

    public SimulationLoop Loop { get; }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    public TimeProvider Time { get; }

    public override int MaximumConcurrencyLevel => 1;

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
        Post(() => _ = RunAsync(work, end));
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

    public void Post(Action action, WorkKind kind = WorkKind.Continuation) =>
        Loop.Add(new Work(this, kind, this, static action => RunNow((Action)action!), action));

    /// <summary>Puts the journal's next batch among the work that is ready, at once or later.</summary>
    public void ScheduleWrite(Action write, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            Post(write, WorkKind.Disk);
        }
        else
        {
            Time.CreateTimer(_ => Post(write, WorkKind.Disk), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public override string ToString() => Name;

    /// <summary>On the scheduler of the work that runs now, with nothing of whoever has asked for it.</summary>
    internal static void RunNow(Action action)
    {
        var task = new Task(action);
        task.RunSynchronously(SimulationLoop.Running!);
        task.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task) =>
        Loop.Add(
            new Work(
                this,
                WorkKind.Continuation,
                this,
                static task => ((FaultDomain)SimulationLoop.Running!).TryExecuteTask((Task)task!),
                task
            )
        );

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Loop.Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private async Task RunAsync(Func<Task> work, TaskCompletionSource end)
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
        if (!_waiting.Remove(end))
        {
            return;
        }
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
