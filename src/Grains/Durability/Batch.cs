using Actors.GrainInterfaces.Durability;
using Actors.Journal;

namespace Actors.Grains.Durability;

/// <summary>What is waiting to be appended together: the commits that came in while the append before was on its way.</summary>
internal sealed class Batch<TState, TEvent> : TurnSignal
    where TEvent : class
{
    private readonly List<TEvent> _events = new(1);
    private readonly BatchJson _json = BatchJson.Rent();
    private List<Delivery>? _received;

    /// <summary>Completes when everything in the batch is durable; fails when that cannot be known.</summary>
    public ValueTask Durable => Completion;

    /// <summary>The grain as it is once the batch is durable.</summary>
    public Frame<TState> After { get; set; }

    public IReadOnlyList<Delivery>? Received => _received;

    /// <summary>When it was handed to the journal, and when the grain has something to do next.</summary>
    public (DateTimeOffset At, DateTimeOffset? WakeAt) Stamp { get; set; }

    public int Count => _events.Count;

    /// <summary>What others must be told once the batch is durable, derived when it is appended.</summary>
    public IReadOnlyList<(long Number, Effect Effect)> Effects { get; set; } = [];

    public TEvent this[int index] => _events[index];

    public void Add(TEvent @event, EventWriter<TEvent> writer)
    {
        _json.Add(@event, writer);
        _events.Add(@event);
    }

    public void Add(Delivery received) => (_received ??= []).Add(received);

    /// <summary>What was handed to the journal; 0 as long as nothing was.</summary>
    public int Bytes { get; private set; }

    /// <summary>Hands the batch to the journal, once; its JSON is gone then.</summary>
    public ValueTask AppendTo(IJournal journal, Commit head, IReadOnlyList<long>? sent)
    {
        if (sent is not null || _received is not null)
        {
            _json.Add(new Mark(sent, _received));
        }
        Bytes = _json.Length;
        var appending = journal.AppendAsync(head with { Events = _json, Mark = _json.Mark });
        _json.Dispose();
        return appending;
    }

    public void Succeed() => Complete();

    public void Fail(Exception exception) => Complete(exception);
}
