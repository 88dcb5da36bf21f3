using System.Collections.Concurrent;

namespace Actors.TestKit;

/// <summary>
/// The one thread of a test assembly. Tests run on it, and whenever all of them wait, the simulations that they wait for take
/// a step. So a test is a part of its simulation, and nothing in it depends on how fast anything is.
/// </summary>
public sealed class TestThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
    private readonly List<SimulatedGrainEngine> _engines = [];

    private TestThread() { }

    internal static TestThread Mine =>
        Current as TestThread
        ?? throw new InvalidOperationException(
            $"A simulation needs [assembly: TestFramework(typeof({nameof(SimulatedTestFramework)}))] around it."
        );

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Somebody would block until this thread has time.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs all of some work on a thread of its own.</summary>
    internal static Task RunAsync(Func<Task> work)
    {
        var context = new TestThread();
        var end = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => end.SetResult(context.Run(work))) { IsBackground = true, Name = "tests" };
        thread.Start();
        return end.Task.Unwrap();
    }

    internal void Join(SimulatedGrainEngine engine) => _engines.Add(engine);

    internal void Leave(SimulatedGrainEngine engine) => _engines.Remove(engine);

    private Task Run(Func<Task> work)
    {
        SetSynchronizationContext(this);
        var all = work();
        all.ContinueWith(_ => _work.CompleteAdding(), TaskScheduler.Default);
        while (!_work.IsCompleted)
        {
            // Tests first: a simulation goes on only while everybody waits for it.
            if (_work.TryTake(out var next) || (!StepAll() && TryWait(out next)))
            {
                next.Callback(next.State);
            }
        }
        return all;
    }

    /// <summary>Whether any simulation had something to do.</summary>
    private bool StepAll()
    {
        var any = false;
        foreach (var engine in _engines.ToArray())
        {
            any |= engine.Step();
        }
        return any;
    }

    /// <summary>Some tests wait for real things.</summary>
    private bool TryWait(out (SendOrPostCallback Callback, object? State) next) =>
        _work.TryTake(out next, Timeout.Infinite);
}
