using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Operations;
using Actors.Journal;
using Orleans.Concurrency;

namespace Actors.Grains.Durability;

/// <summary>
/// A grain whose state is the fold of its journal stream. The only place that knows how a grain is durable; a feature
/// adds pure rules and a thin shell: gather what the decision needs, decide, <see cref="Commit(TEvent)"/>, answer.
/// </summary>
/// <remarks>
/// <para>Five promises. (1) Nothing is acknowledged before it is durable and nothing unacknowledged is visible: decide
/// on <see cref="Current"/>, answer from <see cref="Durable"/>. (2) Commits that arrive while an append is on its way
/// share the next one. (3) A failed append is never guessed about: the activation is dropped and callers are told that
/// the outcome is unknown. (4) Effects leave through an outbox derived from the durable events. (5) Due times are
/// state, served to the second by a timer and through crashes by the wake-ups.</para>
/// <para>The class is reentrant, so a decision must be synchronous: between two awaits no other turn runs.</para>
/// </remarks>
[Reentrant]
public abstract class EventSourcedGrain<TState, TEvent>
    : Grain,
        IDurableGrain,
        IRemindable,
        IDurableLogOwner<TEvent>,
        IAgendaOwner,
        IRegistersWakeUp
    where TState : class
    where TEvent : class
{
    private static readonly TimeSpan SendAtMost = TimeSpan.FromSeconds(5);

    private readonly DurableServices _services;
    private readonly Aggregate<TState, TEvent> _aggregate;
    private readonly DurableLog<TState, TEvent> _log;
    private readonly Outbox _outbox;
    private readonly Agenda _agenda;
    private readonly Bookkeeping _bookkeeping;
    private readonly Followers _followers;
    private readonly StreamId _stream;
    private bool _isOver;

    protected EventSourcedGrain(IGrainContext context, DurableServices services, Aggregate<TState, TEvent> aggregate)
        : base(context)
    {
        (_services, _aggregate) = (services, aggregate);
        _stream = StreamId.Parse(context.GrainId.ToString());
        _log = new DurableLog<TState, TEvent>(_stream, aggregate, services, this);
        _outbox = new Outbox(_stream.Value, services.Courier, () => GrainFactory, services.Time, services.Logger);
        _agenda = new Agenda(this, services.Time, StartTimer);
        _bookkeeping = new Bookkeeping(_outbox, RecordAcknowledgedAsync, services.Time, StartTimer);
        _followers = new Followers(services.Time, services.Stopping);
    }

    /// <summary>Includes what is on its way to disk. Decisions use it; answers never do.</summary>
    protected TState Current => _log.Current.State;

    /// <summary>Only what would survive a crash now. Answers use it.</summary>
    protected TState Durable
    {
        get
        {
            _log.ThrowIfUncertain();
            return _log.Durable.State;
        }
    }

    /// <summary>The number of the newest durable event.</summary>
    protected long DurableVersion => _log.Durable.Version;

    /// <summary>The number of the newest event that has been decided; the next one committed is the one after it.</summary>
    protected long CurrentVersion => _log.Current.Version;

    /// <summary>The oldest durable event that owes somebody an effect; null when there is none.</summary>
    protected long? OldestUnsentVersion => _outbox.OldestOwed is { } oldest ? Outbox.VersionOf(oldest) : null;

    protected DateTimeOffset Now => _services.Time.GetUtcNow();

    protected string Key => this.GetPrimaryKeyString();

    WakeUpRegistration IRegistersWakeUp.Registration { get; } = new();

    Task IRegistersWakeUp.FenceAsync() => _log.FenceAsync();

    bool IDurableLogOwner<TEvent>.HasUnsent => _outbox.Unsent.Count > 0;

    bool IAgendaOwner.TakesWrites => _services.TakesWrites;

    DateTimeOffset? IAgendaOwner.NextDue => _aggregate.NextDue(Current);

    DateTimeOffset? IAgendaOwner.NextDurablyDue => _aggregate.NextDue(_log.Durable.State);

    /// <summary>What is on its way to the disk may need a wake-up that the durable state does not know of.</summary>
    private DateTimeOffset? WakeAt =>
        _outbox.Unsent.Count > 0 || !_log.IsAtRest ? Now : _aggregate.NextDue(_log.Durable.State);

    public Task Wake() => Task.CompletedTask;

    /// <summary>For grains that list <see cref="IFollowedGrain"/>.</summary>
    public async Task<long> Follow(long after)
    {
        // Not in a loop: whoever is told of a change that is not above what is known asks again.
        if (DurableVersion <= after && !_log.Failed)
        {
            await _followers.WaitAsync();
        }
        return DurableVersion;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _agenda.ServeAsync();
        await _services.WakeUps.AfterWakeAsync(this, WakeAt);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var unsent = await LoadAsync(cancellationToken);
        if (unsent.Count > 0 || _aggregate.NextDue(Current) <= Now)
        {
            // Orleans holds this activation's lock until the first true wait, and calling a grain takes that one's lock: two
            // that are activated at once and call each other would wait for ever. So no grain is called before such a wait.
            await Task.Yield();
        }
        // What fell due while nothing ran is settled before the first caller sees the state.
        await ServeIfThereIsRoomAsync();
        _agenda.Arm();
        Send(anything: unsent.Count > 0);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!_log.IsLoaded)
        {
            // What is there is not known, so there is nothing to say about it.
            return;
        }
        _followers.Tell();
        if (!_log.Failed)
        {
            await SettleAsync(cancellationToken);
        }
        _isOver = true;
        _outbox.Stop();
        _services.WakeUps.Asleep(_stream, _log.Failed ? Now : WakeAt);
        if (_log.WasOvertaken)
        {
            await _services.WakeUps.OvertakenAsync(this);
        }
    }

    IReadOnlyList<(long Number, Effect Effect)> IDurableLogOwner<TEvent>.EffectsOf(IReadOnlyList<TEvent> next)
    {
        List<(long, Effect)>? numbered = null;
        var version = DurableVersion;
        for (var at = 0; at < next.Count; at++)
        {
            var effects = EffectsOf(next[at], ++version);
            for (var index = 0; index < effects.Count; index++)
            {
                (numbered ??= new(effects.Count)).Add((Outbox.NumberOf(version, index), effects[index]));
            }
        }
        return numbered ?? [];
    }

    ValueTask IDurableLogOwner<TEvent>.BeforeCommitAsync(DateTimeOffset wakeAt) =>
        _services.WakeUps.BeforeCommitAsync(this, wakeAt);

    IReadOnlyList<long>? IDurableLogOwner<TEvent>.TakeAcknowledged() => _outbox.TakeAcknowledged();

    void IDurableLogOwner<TEvent>.OnDurable(IReadOnlyList<(long Number, Effect Effect)> effects)
    {
        if (_isOver)
        {
            // Too late for this activation: the wake-ups bring about one that finds what is left to do.
            _services.WakeUps.Asleep(_stream, Now);
            return;
        }
        for (var index = 0; index < effects.Count; index++)
        {
            var (number, effect) = effects[index];
            _outbox.Add(number, effect);
        }
        Send(anything: effects.Count > 0);
        _agenda.Arm();
        _followers.Tell();
        _ = _log.SnapshotAsync(_outbox.Unsent, atRest: false);
    }

    void IDurableLogOwner<TEvent>.OnFailed()
    {
        _outbox.Stop();
        // An activation does not end while somebody waits in it, and the next one could not begin.
        _followers.Tell();
        if (!_isOver)
        {
            DeactivateOnIdle();
        }
    }

    Task IAgendaOwner.OnDueAsync() => OnDueAsync(Now);

    /// <summary>Makes one event durable. Answer only after the task has completed.</summary>
    protected Task Commit(TEvent @event) => _log.Commit([@event]);

    /// <summary>Makes events durable together, or none of them.</summary>
    protected Task Commit(ReadOnlySpan<TEvent> events) => _log.Commit(events);

    /// <summary>
    /// Makes durable what was decided, and answers then; a refusal is the answer. What was decided as null is so already, or
    /// will be once everything decided before is durable.
    /// </summary>
    protected async Task<Outcome<TAnswer>> Apply<TDecided, TAnswer>(
        Outcome<TDecided> decision,
        Func<TDecided, long, Outcome<TAnswer>> answer
    )
        where TDecided : TEvent?
    {
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }
        var version = CurrentVersion + 1;
        await (decision.Value is { } @event ? Commit(@event) : WhenDurable());
        return answer(decision.Value!, version);
    }

    /// <summary>The same for an answer that needs nothing but the durable state.</summary>
    protected Task<Outcome<TAnswer>> Apply<TDecided, TAnswer>(Outcome<TDecided> decision, Func<Outcome<TAnswer>> answer)
        where TDecided : TEvent? => Apply(decision, (_, _) => answer());

    /// <summary>
    /// Takes in a message from another grain's outbox exactly once: a repeat decides nothing and answers when the first
    /// one is durable. A message that changes nothing, decided as null, is only noted as received.
    /// </summary>
    protected Task CommitOnce(Delivery delivery, Func<TEvent?> decide)
    {
        TakeIn(delivery, decide);
        return _log.WhenDurable();
    }

    /// <summary>The same for messages that arrive together: they share an append.</summary>
    protected Task CommitOnce<TMessage>(IReadOnlyList<Delivered<TMessage>> messages, Func<TMessage, TEvent?> decide) =>
        _log.Together(() =>
        {
            foreach (var (delivery, message) in messages)
            {
                TakeIn(delivery, () => decide(message));
            }
        });

    /// <summary>Completes when everything that has been decided so far is durable.</summary>
    protected Task WhenDurable() => _log.WhenDurable();

    /// <summary>
    /// Completes when nobody is owed an effect, at the latest after a few seconds. News is owed to nobody: no token
    /// waits for it.
    /// </summary>
    protected async Task WhenSentAsync()
    {
        await _log.WhenDurable();
        if (_outbox.OldestOwed is not null)
        {
            await _outbox.WhenOwesNothingAsync().WaitAsync(SendAtMost, _services.Time);
        }
    }

    /// <summary>How receivers see the first effect of an event.</summary>
    protected Delivery DeliveryOf(long version) => new(_stream.Value, Outbox.NumberOf(version, index: 0));

    /// <summary>
    /// For answers that must not be old: completes when this activation has known all there was at some moment since the call.
    /// In a split cluster there may be one that does not; it fails, is given up, and the next call reaches one that does.
    /// </summary>
    protected Task ProveNewestAsync() => _log.ProveNewestAsync();

    /// <summary>What is durable at this moment, kept apart from what comes after.</summary>
    protected DurableCut<TState> Cut() => new(_log.Durable, _log.ListReceived());

    /// <summary>What others must be told because of an event. Pure: derived from the event alone, the same every time.</summary>
    protected virtual IReadOnlyList<Effect> EffectsOf(TEvent @event, long version) => [];

    /// <summary>The agenda's time has come: decide, and commit what follows.</summary>
    protected virtual Task OnDueAsync(DateTimeOffset now) => Task.CompletedTask;

    /// <summary>History, newest first: the stream itself.</summary>
    protected async Task<IReadOnlyList<(long Version, TEvent Event)>> ReadBackwardAsync(
        long beforeVersion,
        int maxCount
    )
    {
        try
        {
            return await ReadStoredAsync(beforeVersion, maxCount);
        }
        catch (Exception fault) when (StorageFaults.IsFailedRead(fault))
        {
            GrainMetrics.StorageFailed();
            StorageFaults.LogNotRead(_services.Logger, fault, _stream);
            throw new OutcomeUnknownException("The storage did not answer a read; ask again, with the same key.");
        }
        catch (JournalDamagedException damage)
        {
            throw Damaged(damage);
        }
    }

    /// <summary>Durable events from <paramref name="fromVersion"/> on, oldest first.</summary>
    protected async Task<IReadOnlyList<(long Version, TEvent Event)>> ReadForwardAsync(long fromVersion, int maxCount)
    {
        // Taken before the read: what becomes durable meanwhile is for the next page.
        var before = Math.Min(fromVersion + maxCount, DurableVersion + 1);
        if (before <= fromVersion)
        {
            return [];
        }
        var events = await ReadBackwardAsync(before, (int)(before - fromVersion));
        return [.. events.Reverse()];
    }

    /// <summary>One durable event.</summary>
    protected async Task<TEvent> ReadAsync(long version) => (await ReadBackwardAsync(version + 1, 1))[0].Event;

    private async Task ServeIfThereIsRoomAsync()
    {
        try
        {
            await _agenda.ServeAsync();
        }
        catch (StorageFullException)
        {
            // Whoever reads is answered as of now all the same; what is due stays so until there is room.
        }
    }

    private async Task<IReadOnlyCollection<long>> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            var unsent = await _log.LoadAsync((@event, version) => EffectsOf(@event, version).Count, cancellation);
            var effects = new List<(long Number, Effect Effect)>(unsent.Count);
            foreach (var number in unsent)
            {
                var version = Outbox.VersionOf(number);
                var stored = (await ReadStoredAsync(version + 1, 1))[0].Event;
                effects.Add((number, EffectsOf(stored, version)[Outbox.IndexOf(number)]));
            }
            // All or none: an activation that does not come about is never asked to stop.
            effects.ForEach(one => _outbox.Add(one.Number, one.Effect));
            return unsent;
        }
        catch (Exception fault) when (StorageFaults.IsFailedRead(fault))
        {
            GrainMetrics.StorageFailed();
            StorageFaults.LogNotLoaded(_services.Logger, fault, _stream);
            throw new StorageAwayException();
        }
        catch (JournalDamagedException damage)
        {
            throw Damaged(damage);
        }
    }

    private StorageDamagedException Damaged(JournalDamagedException damage)
    {
        GrainMetrics.StorageFailed();
        StorageFaults.LogDamaged(_services.Logger, damage, _stream);
        return new StorageDamagedException();
    }

    private async Task<IReadOnlyList<(long Version, TEvent Event)>> ReadStoredAsync(long beforeVersion, int maxCount)
    {
        var recorded = await _services.Journal.ReadBackwardAsync(_stream, beforeVersion, maxCount);
        return [.. recorded.Select(entry => (entry.Version, _log.Deserialize(entry.Json)))];
    }

    private IGrainTimer StartTimer(Func<Task> callback, TimeSpan period) =>
        this.RegisterGrainTimer(
            _ => _log.Failed ? Task.CompletedTask : callback(),
            new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, period) { Interleave = true }
        );

    private void Send(bool anything)
    {
        if (anything)
        {
            _outbox.Send();
            _bookkeeping.OnSent();
        }
    }

    private void TakeIn(Delivery delivery, Func<TEvent?> decide)
    {
        if (!_log.HasSeen(delivery))
        {
            var @event = decide();
            _log.Add(@event is null ? [] : new ReadOnlySpan<TEvent>(in @event), delivery);
        }
    }

    private Task RecordAcknowledgedAsync() => _outbox.HasAcknowledged ? _log.Commit([]) : Task.CompletedTask;

    private async Task SettleAsync(CancellationToken cancellation)
    {
        try
        {
            await _log.WhenDurable().WaitAsync(cancellation);
            if (_outbox.Unsent.Count > 0)
            {
                await _outbox.WhenDrainedAsync().WaitAsync(SendAtMost, _services.Time, cancellation);
            }
            await RecordAcknowledgedAsync().WaitAsync(cancellation);
            await _log.SnapshotAsync(_outbox.Unsent, atRest: true).WaitAsync(cancellation);
        }
        catch (Exception exception)
            when (StorageFaults.IsFailedCommit(exception) || exception is TimeoutException or OperationCanceledException
            )
        {
            // Best effort: whatever is left is found again by the wake-ups.
        }
    }
}
