using Orleans.Concurrency;

namespace Actors.Embedded.Tests.Grains;

public interface IInterleaving : IGrainWithStringKey
{
    Task Normal(string name);

    [ReadOnly]
    Task Reading(string name);

    [AlwaysInterleave]
    Task Always(string name);
}

public abstract class InterleavingBase(Notes notes) : Grain, IInterleaving
{
    public Task Normal(string name) => Hold(name);

    public Task Reading(string name) => Hold(name);

    public Task Always(string name) => Hold(name);

    private async Task Hold(string name)
    {
        notes.Write($"begin {name}");
        await notes.Gate(name);
        notes.Write($"end {name}");
    }
}

public class InterleavingGrain(Notes notes) : InterleavingBase(notes), IStrict;

public interface IStrict : IInterleaving;

/// <summary>The rule sits on a generic base class, as it does where grains are durable.</summary>
[Reentrant]
public abstract class ReentrantBase<T>(Notes notes) : InterleavingBase(notes);

public interface ILenient : IInterleaving;

public class LenientGrain(Notes notes) : ReentrantBase<int>(notes), ILenient;

public interface IOverlap : IGrainWithStringKey
{
    Task<int> Work(int awaits);

    ValueTask<int> Count();
}

[Reentrant]
public class OverlapGrain : Grain, IOverlap
{
    private int _inside;
    private int _count;

    public async Task<int> Work(int awaits)
    {
        for (var i = 0; i < awaits; i++)
        {
            Turn();
            await Task.Yield();
            Turn();
            await Task.Run(() => { });
        }
        Turn();
        return _count;
    }

    public ValueTask<int> Count() => new(_count);

    private void Turn()
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            throw new InvalidOperationException("Two turns at once.");
        }
        // Not atomic on purpose: a lost increment is a turn that overlapped.
        var seen = _count;
        Thread.SpinWait(20);
        _count = seen + 1;
        Interlocked.Decrement(ref _inside);
    }
}

public interface IBusy : IGrainWithStringKey
{
    Task Spin();

    Task Rest();
}

public class BusyGrain : Grain, IBusy
{
    public Task Spin()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMilliseconds(5))
        {
            Thread.SpinWait(10);
        }
        return Task.CompletedTask;
    }

    public Task Rest() => Task.CompletedTask;
}
