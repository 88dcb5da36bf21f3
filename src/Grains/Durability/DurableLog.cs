using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>
/// The write side of one grain: two frames (decided, durable), one append on its way at a time, and everything that
/// comes in meanwhile in the next one.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed partial class DurableLog<TState, TEvent>(
    StreamId stream,
    Aggregate<TState, TEvent> aggregate,
    DurableServices services,
    IDurableLogOwner<TEvent> owner
)
    where TState : class
    where TEvent : class
{
    private const int SnapshotAfterBytes = 64 * 1024;
    private const int SnapshotAfterBytesAtRest = 4 * 1024;

    private readonly IJournal _journal = services.Journal;
    private readonly ILogger _logger = services.Logger;
    private Batch<TState, TEvent>? _filling;
    private Batch<TState, TEvent>? _onItsWay;
    private Exception? _failure;
    private long _sequence;
    private long _bytesSinceSnapshot;
    private long _snapshotBytes;
    private bool _snapshotting;

    /// <summary>Includes what is on its way to disk; decisions use it.</summary>
    public Frame<TState> Current { get; private set; } = new(aggregate.Initial, 0, []);

    /// <summary>Only what would survive a crash; answers use it.</summary>
    public Frame<TState> Durable { get; private set; } = new(aggregate.Initial, 0, []);

    public bool Failed => _failure is not null;

    /// <summary>Reads what is really there. Returns the numbers of effects that nobody has acknowledged.</summary>
    public async Task<IReadOnlyCollection<long>> LoadAsync(
        Func<TEvent, long, int> countEffects,
        CancellationToken cancellation
    )
    {
        SortedSet<long> unsent = [];
        var frame = Current;
        if (await _journal.ReadSnapshotAsync(stream) is { } snapshot && snapshot.Schema == aggregate.Schema)
        {
            var (state, ledger) = SnapshotCodec.Read(snapshot.Json, aggregate.StateJson);
            frame = new Frame<TState>(state, snapshot.Version, SnapshotCodec.Inbox(ledger));
            unsent.UnionWith(ledger.Unsent);
            _sequence = snapshot.Sequence;
            _snapshotBytes = snapshot.Json.Length;
        }
        await foreach (var record in _journal.ReadForwardAsync(stream, _sequence, cancellation))
        {
            frame = Fold(frame, record, countEffects, unsent);
            _sequence = record.Sequence;
        }
        Current = Durable = frame;
        return unsent;
    }

    /// <summary>Adds one command's events to the next append. Nothing of it is visible before the task completes.</summary>
    public Task Commit(ReadOnlySpan<TEvent> events, Delivery? received)
    {
        ThrowIfFailed();
        var frame = Current;
        foreach (var @event in events)
        {
            frame = frame with { State = aggregate.Evolve(frame.State, @event), Version = frame.Version + 1 };
        }
        if (received is not null)
        {
            frame = frame.After(received);
        }
        var batch = _filling ??= new Batch<TState, TEvent> { After = frame };
        foreach (var @event in events)
        {
            batch.Add(@event, aggregate.EventJson);
        }
        if (received is not null)
        {
            batch.Add(received);
        }
        batch.After = Current = frame;
        if (_onItsWay is null)
        {
            _ = AppendAllAsync();
        }
        return batch.Durable;
    }

    /// <summary>Completes when everything that has been decided so far is durable.</summary>
    public Task WhenDurable()
    {
        ThrowIfFailed();
        return (_filling ?? _onItsWay)?.Durable ?? Task.CompletedTask;
    }

    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new OutcomeUnknownException("The storage did not confirm an earlier write; retry with the same key.");
        }
    }

    /// <summary>Shortens the next activation, when enough has been written since the last snapshot.</summary>
    public async Task SnapshotAsync(IReadOnlyCollection<long> unsent, bool atRest)
    {
        var enough = Math.Max(atRest ? SnapshotAfterBytesAtRest : SnapshotAfterBytes, 2 * _snapshotBytes);
        if (Failed || _snapshotting || _bytesSinceSnapshot < enough)
        {
            return;
        }
        _snapshotting = true;
        try
        {
            var json = SnapshotCodec.Write(Durable, unsent, aggregate.StateJson);
            var snapshot = new StreamSnapshot(_sequence, Durable.Version, aggregate.Schema, json);
            (_bytesSinceSnapshot, _snapshotBytes) = (0, json.Length);
            await _journal.WriteSnapshotAsync(stream, snapshot);
        }
        catch (Exception exception)
        {
            LogSnapshotFailed(exception, stream);
        }
        finally
        {
            _snapshotting = false;
        }
    }

    private Frame<TState> Fold(
        Frame<TState> frame,
        JournalRecord record,
        Func<TEvent, long, int> countEffects,
        SortedSet<long> unsent
    )
    {
        foreach (var json in record.Events)
        {
            var @event = Deserialize(json);
            frame = frame with { State = aggregate.Evolve(frame.State, @event), Version = frame.Version + 1 };
            for (var index = countEffects(@event, frame.Version) - 1; index >= 0; index--)
            {
                unsent.Add(Outbox.NumberOf(frame.Version, index));
            }
            _bytesSinceSnapshot += json.Length;
        }
        if (!record.Mark.IsEmpty)
        {
            var mark = JsonSerializer.Deserialize(record.Mark.Span, DurabilityJson.Default.Mark)!;
            unsent.ExceptWith(mark.Sent ?? []);
            frame = (mark.Received ?? []).Aggregate(frame, static (current, received) => current.After(received));
        }
        return frame;
    }

    public TEvent Deserialize(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, aggregate.EventJson)
        ?? throw new JsonException($"An event of {stream} is null.");

    private async Task AppendAllAsync()
    {
        while (_filling is { } batch && !Failed)
        {
            (_filling, _onItsWay) = (null, batch);
            bool appended;
            try
            {
                appended = await AppendAsync(batch);
            }
            catch (Exception exception)
            {
                Fail(exception);
                return;
            }
            // Together, so that no turn in between can see a sequence that the frame does not hold.
            (_sequence, Durable) = (appended ? _sequence + 1 : _sequence, batch.After);
            // The owner first: whoever is answered next must find the effects on their way.
            owner.OnDurable(batch);
            batch.Succeed();
        }
        _onItsWay = null;
    }

    /// <summary>False when there turned out to be nothing to write: bookkeeping that an earlier batch has carried.</summary>
    private async ValueTask<bool> AppendAsync(Batch<TState, TEvent> batch)
    {
        var sent = owner.TakeAcknowledged();
        if (sent is null && batch.Received is null && batch.Count == 0)
        {
            return false;
        }
        var now = services.Time.GetUtcNow();
        batch.Effects = owner.EffectsOf(batch);
        var wakeAt = batch.Effects.Count > 0 || owner.HasUnsent ? now : aggregate.NextDue(batch.After.State);
        if (wakeAt is { } due)
        {
            var ready = owner.BeforeCommitAsync(due);
            if (!ready.IsCompletedSuccessfully)
            {
                await ready;
            }
        }
        var mark =
            sent is null && batch.Received is null
                ? default(ReadOnlyMemory<byte>)
                : JsonSerializer.SerializeToUtf8Bytes(new Mark(sent, batch.Received), DurabilityJson.Default.Mark);
        var commit = new Commit
        {
            Stream = stream,
            AfterSequence = _sequence,
            AfterVersion = Durable.Version,
            At = now,
            Events = batch.Json(),
            Mark = mark,
            WakeAt = wakeAt,
        };
        await _journal.AppendAsync(commit);
        _bytesSinceSnapshot += batch.Bytes + mark.Length;
        return true;
    }

    /// <summary>Nothing is guessed: everybody who waits is told so, and the activation is given up.</summary>
    private void Fail(Exception exception)
    {
        _failure = exception;
        LogFailed(exception, stream);
        var unknown = new OutcomeUnknownException("The storage did not confirm the write; retry with the same key.");
        _onItsWay?.Fail(unknown);
        _filling?.Fail(unknown);
        owner.OnFailed();
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A write to {Stream} has an unknown outcome; the activation is dropped"
    )]
    private partial void LogFailed(Exception exception, StreamId stream);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The snapshot of {Stream} was not written; the next start replays more"
    )]
    private partial void LogSnapshotFailed(Exception exception, StreamId stream);
}

/// <summary>What the write side asks of its grain.</summary>
internal interface IDurableLogOwner<TEvent>
    where TEvent : class
{
    /// <summary>Whether effects of earlier batches have not been acknowledged yet.</summary>
    bool HasUnsent { get; }

    /// <summary>What others must be told once the batch, the next one after what is durable now, is durable too.</summary>
    IReadOnlyList<(long Number, Effect Effect)> EffectsOf<TState>(Batch<TState, TEvent> batch);

    ValueTask BeforeCommitAsync(DateTimeOffset wakeAt);

    IReadOnlyList<long>? TakeAcknowledged();

    void OnDurable<TState>(Batch<TState, TEvent> batch);

    void OnFailed();
}
