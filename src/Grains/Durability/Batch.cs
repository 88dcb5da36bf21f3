using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.Journal;

namespace Actors.Grains.Durability;

/// <summary>What is waiting to be appended together: the commits that came in while the append before was on its way.</summary>
internal sealed class Batch<TState, TEvent>
    where TEvent : class
{
    // Those who wait continue inside the turn that settles the batch, one after the other.
    private readonly TaskCompletionSource _durable = new();
    private readonly List<TEvent> _events = new(1);
    private readonly List<ReadOnlyMemory<byte>> _json = new(1);
    private List<Delivery>? _received;

    /// <summary>Completes when everything in the batch is durable; fails when that cannot be known.</summary>
    public Task Durable => _durable.Task;

    /// <summary>The grain as it is once the batch is durable.</summary>
    public Frame<TState> After { get; set; }

    public IReadOnlyList<Delivery> Received => _received ?? [];

    public IReadOnlyList<TEvent> Events => _events;

    /// <summary>What others must be told once the batch is durable, derived when it is appended.</summary>
    public IReadOnlyList<(long Number, Effect Effect)> Effects { get; set; } = [];

    /// <summary>To be appended although it may hold nothing.</summary>
    public bool IsFence { get; set; }

    public bool IsEmpty => _events.Count == 0 && _received is null && !IsFence;

    /// <summary>How much the batch adds to the stream.</summary>
    public int Bytes { get; private set; }

    public void Add(TEvent @event, ReadOnlyMemory<byte> json)
    {
        _events.Add(@event);
        _json.Add(json);
        Bytes += json.Length;
    }

    public void Add(Delivery received) => (_received ??= []).Add(received);

    /// <summary>Hands the batch to the journal.</summary>
    public ValueTask AppendTo(IJournal journal, Commit head, IReadOnlyList<long>? sent)
    {
        ReadOnlyMemory<byte> mark =
            sent is null && _received is null && !IsFence
                ? default
                : JsonSerializer.SerializeToUtf8Bytes(new Mark(sent, _received), DurabilityJson.Default.Mark);
        Bytes += mark.Length;
        return journal.AppendAsync(head with { Events = _json, Mark = mark });
    }

    /// <summary>The last thing to do in a step: whoever waited runs at once, and may go far.</summary>
    public void Succeed() => _durable.SetResult();

    public void Fail(Exception exception) => _durable.TrySetException(exception);
}
