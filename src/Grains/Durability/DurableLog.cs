using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Operations;
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

    /// <summary>How many times the bytes of a snapshot must have been written before the next: the price of replaying them.</summary>
    private const int SnapshotsApart = 4;

    private readonly IJournal _journal = services.Journal;
    private readonly ILogger _logger = services.Logger;
    private readonly ReceivedNumbers _received = new();
    private Batch<TState, TEvent>? _filling;
    private Batch<TState, TEvent>? _onItsWay;
    private Exception? _failure;
    private long _sequence;
    private long _bytesSinceSnapshot;
    private long _snapshotBytes;
    private bool _snapshotting;
    private bool _gathering;
    private bool _appending;

    /// <summary>Includes what is on its way to disk; decisions use it.</summary>
    public Frame<TState> Current { get; private set; } = new(aggregate.Initial, 0);

    /// <summary>Only what would survive a crash; answers use it.</summary>
    public Frame<TState> Durable { get; private set; } = new(aggregate.Initial, 0);

    /// <summary>False until everything there was has been read.</summary>
    public bool IsLoaded { get; private set; }

    public bool Failed => _failure is not null;

    /// <summary>It failed because another activation has written.</summary>
    public bool WasOvertaken => _failure is JournalConflictException;

    /// <summary>Nothing is on its way to the disk, so that the durable state is all there is.</summary>
    public bool IsAtRest => _filling is null && _onItsWay is null && !Failed;

    /// <summary>Reads what is really there. Returns the numbers of effects that nobody has acknowledged.</summary>
    public async Task<IReadOnlyCollection<long>> LoadAsync(
        Func<TEvent, long, int> countEffects,
        CancellationToken cancellation
    )
    {
        SortedSet<long> unsent = [];
        var frame = Current;
        var start = await _journal.ReadStartAsync(stream, aggregate.Schema);
        if (start.Snapshot is { } snapshot)
        {
            var (state, correspondence) = SnapshotCodec.Read(snapshot.Json, aggregate.StateJson);
            frame = new Frame<TState>(state, snapshot.Version);
            foreach (var (source, number) in correspondence.Inbox)
            {
                _received.Load(source, number);
            }
            unsent.UnionWith(correspondence.Unsent);
            _sequence = snapshot.Sequence;
            _snapshotBytes = snapshot.Json.Length;
        }
        await foreach (var record in start.Records.WithCancellation(cancellation))
        {
            frame = Fold(frame, record, countEffects, unsent);
            _sequence = record.Sequence;
        }
        Current = Durable = frame;
        IsLoaded = true;
        return unsent;
    }

    /// <summary>Makes one command's events durable. Nothing of it is visible before the task completes.</summary>
    public Task Commit(ReadOnlySpan<TEvent> events)
    {
        Add(events, received: null);
        return WhenDurable();
    }

    /// <summary>Adds events, and the message that they follow from, to the next append.</summary>
    public void Add(ReadOnlySpan<TEvent> events, Delivery? received)
    {
        ThrowIfFailed();
        var frame = Current;
        foreach (var @event in events)
        {
            frame = new Frame<TState>(aggregate.Evolve(frame.State, @event), frame.Version + 1);
        }
        var batch = _filling ??= new Batch<TState, TEvent>();
        foreach (var @event in events)
        {
            batch.Add(@event, aggregate.EventWriter.Write(@event));
        }
        if (received is not null)
        {
            _received.Decide(received);
            batch.Add(received);
        }
        batch.After = Current = frame;
        StartAppending();
    }

    /// <summary>
    /// Appends a record even if there is nothing to say: when it is durable, nobody who does not know of it can append any more.
    /// Fails when it is this activation that does not know all.
    /// </summary>
    public Task FenceAsync() =>
        Together(() =>
        {
            Add([], received: null);
            _filling!.IsFence = true;
        });

    /// <summary>
    /// Completes when this activation has known all there was in the stream, at some moment since the call. When another one has
    /// written, it fails as an append would.
    /// </summary>
    public async Task ProveNewestAsync()
    {
        ThrowIfFailed();
        var head = await _journal.ReadHeadAsync(stream);
        if (head.Sequence > _sequence)
        {
            // Perhaps by an append of this activation that is on its way.
            await WhenDurable();
        }
        if (head.Sequence > _sequence)
        {
            Fail(new JournalConflictException(stream, _sequence, head.Sequence));
        }
        ThrowIfFailed();
    }

    /// <summary>Lets the commits of one turn share an append. Completes when everything decided so far is durable.</summary>
    public Task Together(Action commits)
    {
        _gathering = true;
        try
        {
            commits();
        }
        finally
        {
            _gathering = false;
            StartAppending();
        }
        return WhenDurable();
    }

    /// <summary>Whether a message was taken in already, durable or not.</summary>
    public bool HasSeen(Delivery delivery) => _received.HasSeen(delivery);

    /// <summary>The newest number durably taken in from each source, as of now.</summary>
    public Dictionary<string, long> ListReceived() => _received.ListDurable();

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
            throw Told(_failure);
        }
    }

    /// <summary>What found no room was not written for certain: the durable state is still all there is.</summary>
    public void ThrowIfUncertain()
    {
        if (_failure is not null and not JournalFullException)
        {
            throw Told(_failure);
        }
    }

    /// <summary>Shortens the next activation, when enough has been written since the last snapshot.</summary>
    public async Task SnapshotAsync(IReadOnlyCollection<long> unsent, bool atRest)
    {
        var enough = Math.Max(atRest ? _journal.ReplayedAtRest : SnapshotAfterBytes, SnapshotsApart * _snapshotBytes);
        if (Failed || _snapshotting || _bytesSinceSnapshot < enough)
        {
            return;
        }
        _snapshotting = true;
        try
        {
            var json = SnapshotCodec.Write(Durable.State, unsent, _received, aggregate.StateJson, (int)_snapshotBytes);
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
        if (record.FirstVersion > frame.Version + 1)
        {
            // What was before has outlived its retention age; the events go on by their own numbers.
            frame = frame with
            {
                Version = record.FirstVersion - 1,
            };
        }
        foreach (var json in record.Events)
        {
            var @event = Deserialize(json);
            frame = new Frame<TState>(aggregate.Evolve(frame.State, @event), frame.Version + 1);
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
            foreach (var received in mark.Received ?? [])
            {
                _received.Load(received.Source, received.Number);
            }
        }
        return frame;
    }

    public TEvent Deserialize(ReadOnlyMemory<byte> json) =>
        JsonSerializer.Deserialize(json.Span, aggregate.EventJson)
        ?? throw new JsonException($"An event of {stream} is null.");

    private void StartAppending()
    {
        if (!_appending && !_gathering && _filling is not null && !Failed)
        {
            _ = AppendAllAsync();
        }
    }

    /// <summary>One append at a time; those who are answered may commit again, and share the next one.</summary>
    private async Task AppendAllAsync()
    {
        _appending = true;
        try
        {
            while (_filling is { } batch)
            {
                (_filling, _onItsWay) = (null, batch);
                await AppendAsync(batch);
                Settle(batch);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        _appending = false;
    }

    private ValueTask AppendAsync(Batch<TState, TEvent> batch)
    {
        var sent = owner.TakeAcknowledged();
        if (sent is null && batch.IsEmpty)
        {
            // Bookkeeping that an earlier batch has carried.
            return ValueTask.CompletedTask;
        }
        var now = services.Time.GetUtcNow();
        batch.Effects = owner.EffectsOf(batch.Events);
        var isUnsent = batch.Effects.Count > 0 || owner.HasUnsent;
        var head = new Commit
        {
            Stream = stream,
            AfterSequence = _sequence,
            AfterVersion = Durable.Version,
            At = now,
            Events = [],
            WakeAt = isUnsent ? now : aggregate.NextDue(batch.After.State),
        };
        var ready = head.WakeAt is { } due ? owner.BeforeCommitAsync(due) : ValueTask.CompletedTask;
        return ready.IsCompletedSuccessfully
            ? batch.AppendTo(_journal, head, sent)
            : AppendAfterAsync(ready, batch, head, sent);
    }

    private async ValueTask AppendAfterAsync(
        ValueTask ready,
        Batch<TState, TEvent> batch,
        Commit head,
        IReadOnlyList<long>? sent
    )
    {
        await ready;
        await batch.AppendTo(_journal, head, sent);
    }

    private void Settle(Batch<TState, TEvent> batch)
    {
        // Together, so that no turn in between can see a sequence that the frame does not hold.
        (_sequence, Durable) = (batch.Bytes == 0 ? _sequence : _sequence + 1, batch.After);
        foreach (var received in batch.Received)
        {
            _received.MakeDurable(received);
        }
        _bytesSinceSnapshot += batch.Bytes;
        // The owner first: whoever is answered next must find the effects on their way.
        owner.OnDurable(batch.Effects);
        _onItsWay = null;
        batch.Succeed();
    }

    /// <summary>Nothing is guessed: everybody who waits is told so, and the activation is given up.</summary>
    private void Fail(Exception exception)
    {
        _failure = exception;
        if (exception is not JournalFullException)
        {
            // The journal itself says once that it is full.
            GrainMetrics.StorageFailed();
            LogFailed(exception, stream);
        }
        var told = Told(exception);
        try
        {
            owner.OnFailed();
        }
        finally
        {
            _onItsWay?.Fail(told);
            _filling?.Fail(told);
        }
    }

    private static Exception Told(Exception failure) =>
        failure is JournalFullException
            ? new StorageFullException()
            : new OutcomeUnknownException("The storage did not confirm the write; retry with the same key.");

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

    /// <summary>What others must be told once these events, the next ones after what is durable now, are durable too.</summary>
    IReadOnlyList<(long Number, Effect Effect)> EffectsOf(IReadOnlyList<TEvent> next);

    ValueTask BeforeCommitAsync(DateTimeOffset wakeAt);

    IReadOnlyList<long>? TakeAcknowledged();

    void OnDurable(IReadOnlyList<(long Number, Effect Effect)> effects);

    void OnFailed();
}
