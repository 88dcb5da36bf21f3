using Actors.TestKit.Loops;

namespace Actors.TestKit.Runtime;

/// <summary>
/// A logical thread: what it has to do runs one at a time and in order. Which logical thread comes next is up to chance.
/// </summary>
internal abstract class Turns(FaultDomain process) : TaskScheduler
{
    private readonly Queue<object> _waiting = [];

    public FaultDomain Process { get; } = process;

    /// <summary>False after a crash: what was captured to go on here never does.</summary>
    public bool IsAlive => !_isDead && Process.IsAlive;

    public override int MaximumConcurrencyLevel => 1;

    private bool _isDead;

    protected SimulationLoop Loop => Process.Loop;

    public void Post(Action action) => Enqueue(action);

    protected virtual void Kill() => _isDead = true;

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Loop.Current == this && IsAlive && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting.OfType<Task>();

    private void Enqueue(object item)
    {
        Loop.AssertOwnThread();
        _waiting.Enqueue(item);
        if (_waiting.Count == 1)
        {
            MakeReady();
        }
    }

    private void MakeReady() =>
        Loop.Add(new Work(Process, WorkKind.Turn, this, static self => ((Turns)self!).RunNext(), this));

    private void RunNext()
    {
        // Left in place while it runs, so that whatever it adds does not make this thread ready twice.
        var item = _waiting.Peek();
        try
        {
            if (!IsAlive)
            {
                return;
            }
            if (item is Task task)
            {
                TryExecuteTask(task);
            }
            else
            {
                FaultDomain.RunNow((Action)item);
            }
        }
        finally
        {
            _waiting.Dequeue();
            if (_waiting.Count > 0)
            {
                MakeReady();
            }
        }
    }
}
