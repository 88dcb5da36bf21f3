using Orleans.Concurrency;

namespace Actors.Embedded.Tests.Grains;

public interface ICounter : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Read();

    Task Fail(string message);

    ValueTask FailAtOnce(string message);

    Task<int> AddSlowly(int amount, string gate);

    Task<string> Identity();

    Task Leave();

    [OneWay]
    Task Drop(string line);

    [ResponseTimeout("00:00:05")]
    Task WaitBriefly(string gate);

    Task<string> Cancellable(string gate, CancellationToken cancellation);

    IAsyncEnumerable<int> Count(int to, CancellationToken cancellation = default);
}

public sealed class CustomException(string message, int code) : Exception(message)
{
    public int Code { get; } = code;
}

public class CounterGrain(Notes notes) : Grain, ICounter
{
    private int _value;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        notes.Write($"activate {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        notes.Write($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Add(int amount) => Task.FromResult(_value += amount);

    public ValueTask<int> Read() => new(_value);

    public async Task Fail(string message)
    {
        await Task.Yield();
        throw new CustomException(message, 42);
    }

    public ValueTask FailAtOnce(string message) => throw new CustomException(message, 43);

    public async Task<int> AddSlowly(int amount, string gate)
    {
        notes.Write($"begin {amount}");
        await notes.Gate(gate);
        _value += amount;
        notes.Write($"end {amount}");
        return _value;
    }

    public Task<string> Identity() => Task.FromResult($"{this.GetGrainId()}");

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Drop(string line)
    {
        notes.Write(line);
        throw new CustomException("nobody hears this", 44);
    }

    public Task WaitBriefly(string gate) => notes.Gate(gate);

    public async Task<string> Cancellable(string gate, CancellationToken cancellation)
    {
        notes.Write("started");
        await notes.Gate(gate).WaitAsync(cancellation);
        return "done";
    }

    public async IAsyncEnumerable<int> Count(
        int to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        try
        {
            for (var i = 1; i <= to; i++)
            {
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                yield return i;
            }
        }
        finally
        {
            notes.Write("stream ended");
        }
    }
}
