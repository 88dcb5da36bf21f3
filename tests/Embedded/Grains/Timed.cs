using Orleans.Concurrency;

namespace Actors.Embedded.Tests.Grains;

public interface ITimed : IGrainWithStringKey
{
    Task Start(TimeSpan due, TimeSpan period, string? gate, bool interleave, bool keepAlive);

    Task StartFailing(TimeSpan period);

    Task StartChanging(TimeSpan due, TimeSpan period, TimeSpan next);

    Task Stop();

    Task Hold(string gate);

    Task Leave();

    Task Escape();
}

public class TimedGrain(Notes notes, TimeProvider time) : Grain, ITimed
{
    private IGrainTimer? _timer;
    private int _ticks;

    public Task Start(TimeSpan due, TimeSpan period, string? gate, bool interleave, bool keepAlive)
    {
        var options = new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive };
        _timer = this.RegisterGrainTimer(token => TickAsync(gate, token), options);
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            _ =>
            {
                notes.Write($"tick {++_ticks}");
                throw new CustomException("tick failed", 1);
            },
            period,
            period
        );
        return Task.CompletedTask;
    }

    public Task StartChanging(TimeSpan due, TimeSpan period, TimeSpan next)
    {
        _timer = this.RegisterGrainTimer(
            _ =>
            {
                notes.Write($"tick at {time.GetTimestamp() / TimeSpan.TicksPerSecond}");
                _timer!.Change(next, Timeout.InfiniteTimeSpan);
                return Task.CompletedTask;
            },
            due,
            period
        );
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        notes.Write("hold");
        await notes.Gate(gate);
        notes.Write("release");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Escape()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        await Start(TimeSpan.Zero, TimeSpan.Zero, null, false, false);
    }

    private async Task TickAsync(string? gate, CancellationToken token)
    {
        var tick = ++_ticks;
        notes.Write($"tick {tick} at {time.GetTimestamp() / TimeSpan.TicksPerSecond}");
        if (gate is not null)
        {
            await notes.Gate($"{gate}{tick}").WaitAsync(token);
            notes.Write($"tock {tick}");
        }
    }
}

public interface IReminded : IGrainWithStringKey
{
    Task<string> Register(string name, TimeSpan due, TimeSpan period);

    Task<bool> Unregister(string name);

    Task<string[]> List();

    Task FailFrom(int tick);
}

public class RemindedGrain(Notes notes, TimeProvider time) : Grain, IReminded, IRemindable
{
    private int _ticks;
    private int _failAt;

    public async Task<string> Register(string name, TimeSpan due, TimeSpan period) =>
        (await this.RegisterOrUpdateReminder(name, due, period)).ReminderName;

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
        {
            return false;
        }
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<string[]> List() => [.. (await this.GetReminders()).Select(x => x.ReminderName)];

    public Task FailFrom(int tick)
    {
        _failAt = tick;
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var minute = (time.GetUtcNow().UtcDateTime - status.FirstTickTime).TotalMinutes;
        notes.Write(
            $"{reminderName} of {this.GetPrimaryKeyString()} at +{minute:0} every {status.Period.TotalMinutes:0}"
        );
        return ++_ticks == _failAt ? throw new CustomException("reminder failed", 1) : Task.CompletedTask;
    }
}

public interface INoReminders : IGrainWithStringKey
{
    Task Register();
}

public class NoRemindersGrain : Grain, INoReminders
{
    public Task Register() => this.RegisterOrUpdateReminder("x", TimeSpan.Zero, TimeSpan.FromMinutes(1));
}

public interface IWorker : IGrainWithStringKey
{
    Task<int> Work(string gate);
}

[StatelessWorker(2)]
public class WorkerGrain(Notes notes) : Grain, IWorker
{
    private static int _made;
    private readonly int _number = Interlocked.Increment(ref _made);

    public async Task<int> Work(string gate)
    {
        notes.Write($"work {gate}");
        await notes.Gate(gate);
        return _number;
    }
}

public interface IContextual : IGrainWithStringKey
{
    Task<string> Read(string key);

    Task<string> PassOn(string key, string next);

    Task Write(string key, string value);
}

public class ContextualGrain : Grain, IContextual
{
    public async Task<string> Read(string key)
    {
        var first = RequestContext.Get(key);
        await Task.Yield();
        return $"{first}/{RequestContext.Get(key)}";
    }

    public async Task<string> PassOn(string key, string next)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<IContextual>(next).Read(key);
    }

    public Task Write(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}

public interface ISelfFilter : IGrainWithStringKey
{
    Task<int> Answer();
}

public class SelfFilterGrain : Grain, ISelfFilter, IIncomingGrainCallFilter
{
    public Task<int> Answer() => Task.FromResult(41);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        context.Result = (int)context.Result! + 1;
    }
}
