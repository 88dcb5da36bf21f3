using Actors.GrainInterfaces.Durability;
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
        IRegistersWakeUp
    where TState : class
    where TEvent : class
{
    private static readonly TimeSpan AcknowledgeAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgainAfterFault = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SendAtMost = TimeSpan.FromSeconds(5);

    private readonly DurableServices _services;
    private readonly Aggregate<TState, TEvent> _aggregate;
    private DurableLog<TState, TEvent> _log = null!;
    private Outbox _outbox = null!;
    private IGrainTimer? _agendaTimer;
    private IGrainTimer? _bookkeepingTimer;
    private DateTimeOffset? _agendaAt;
    private long _sentAt;
    private bool _keepsBooks;
    private bool _servingAgenda;
    private Followers? _followers;

    protected EventSourcedGrain(IGrainContext context, DurableServices services, Aggregate<TState, TEvent> aggregate)
        : base(context)
    {
        _services = services;
        _aggregate = aggregate;
    }

    /// <summary>Includes what is on its way to disk. Decisions use it; answers never do.</summary>
    protected TState Current => _log.Current.State;

    /// <summary>Only what would survive a crash now. Answers use it.</summary>
    protected TState Durable
    {
        get
        {
            _log.ThrowIfFailed();
            return _log.Durable.State;
        }
    }

    /// <summary>The number of the newest durable event.</summary>
    protected long DurableVersion => _log.Durable.Version;

    /// <summary>The number of the newest event that has been decided; the next one committed is the one after it.</summary>
    protected long CurrentVersion => _log.Current.Version;

    /// <summary>The oldest durable event with an effect that nobody has acknowledged; null when there is none.</summary>
    protected long? OldestUnsentVersion => _outbox.Unsent.Count == 0 ? null : Outbox.VersionOf(_outbox.Unsent.Min());

    protected DateTimeOffset Now => _services.Time.GetUtcNow();

    protected string Key => this.GetPrimaryKeyString();

    WakeUpRegistration IRegistersWakeUp.Registration { get; } = new();

    private StreamId Stream => StreamId.Parse(this.GetGrainId().ToString());

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
            await (_followers ??= new Followers(_services.Time, _services.Stopping)).WaitAsync();
        }
        return DurableVersion;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await ServeAgendaAsync();
        await _services.WakeUps.AfterWakeAsync(this, WakeAt);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = Stream;
        _outbox = new Outbox(stream.Value, _services.Courier, () => GrainFactory, _services.Time, _services.Logger);
        _log = new DurableLog<TState, TEvent>(stream, _aggregate, _services, this);
        var unsent = await _log.LoadAsync((@event, version) => EffectsOf(@event, version).Count, cancellationToken);
        await RefillOutboxAsync(stream, unsent);
        if (_outbox.Unsent.Count > 0 || _aggregate.NextDue(Current) <= Now)
        {
            // Orleans holds this activation's lock until the first true wait, and calling a grain takes that one's lock: two
            // that are activated at once and call each other would wait for ever. So no grain is called before such a wait.
            await Task.Yield();
        }
        // What fell due while nothing ran is settled before the first caller sees the state.
        await ServeAgendaAsync();
        ArmAgenda();
        if (_outbox.Unsent.Count > 0)
        {
            _outbox.Send();
            KeepBooks();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_log is null)
        {
            return;
        }
        _followers?.Tell();
        if (_log.Failed)
        {
            _outbox.Stop();
            _services.WakeUps.Asleep(Stream, Now);
            return;
        }
        await SettleAsync();
        _outbox.Stop();
        _services.WakeUps.Asleep(Stream, WakeAt);
    }

    bool IDurableLogOwner<TEvent>.HasUnsent => _outbox.Unsent.Count > 0;

    IReadOnlyList<(long Number, Effect Effect)> IDurableLogOwner<TEvent>.EffectsOf<T>(Batch<T, TEvent> batch)
    {
        List<(long, Effect)>? numbered = null;
        var version = DurableVersion;
        for (var at = 0; at < batch.Count; at++)
        {
            var effects = EffectsOf(batch[at], ++version);
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

    void IDurableLogOwner<TEvent>.OnDurable<T>(Batch<T, TEvent> batch)
    {
        for (var index = 0; index < batch.Effects.Count; index++)
        {
            var (number, effect) = batch.Effects[index];
            _outbox.Add(number, effect);
        }
        if (batch.Effects.Count > 0)
        {
            _outbox.Send();
            KeepBooks();
        }
        ArmAgenda();
        _followers?.Tell();
        _ = _log.SnapshotAsync(_outbox.Unsent, atRest: false);
    }

    void IDurableLogOwner<TEvent>.OnFailed()
    {
        _outbox.Stop();
        // An activation does not end while somebody waits in it, and the next one could not begin.
        _followers?.Tell();
        DeactivateOnIdle();
    }

    /// <summary>Makes one event durable. Answer only after the task has completed.</summary>
    protected ValueTask Commit(TEvent @event) => _log.Commit([@event]);

    /// <summary>Makes events durable together, or none of them.</summary>
    protected ValueTask Commit(ReadOnlySpan<TEvent> events) => _log.Commit(events);

    /// <summary>
    /// Takes in a message from another grain's outbox exactly once: a repeat decides nothing and answers when the first
    /// one is durable. A message that changes nothing, decided as null, is only noted as received.
    /// </summary>
    protected ValueTask CommitOnce(Delivery delivery, Func<TEvent?> decide)
    {
        TakeIn(delivery, decide);
        return _log.WhenDurable();
    }

    /// <summary>The same for messages that arrive together: they share an append.</summary>
    protected ValueTask CommitOnce<TMessage>(
        IReadOnlyList<Delivered<TMessage>> messages,
        Func<TMessage, TEvent?> decide
    ) =>
        _log.Together(() =>
        {
            foreach (var (delivery, message) in messages)
            {
                TakeIn(delivery, () => decide(message));
            }
        });

    /// <summary>Completes when everything that has been decided so far is durable.</summary>
    protected ValueTask WhenDurable() => _log.WhenDurable();

    /// <summary>Completes when nobody is owed an effect, at the latest after a few seconds.</summary>
    protected async Task WhenSentAsync()
    {
        await _log.WhenDurable();
        if (_outbox.Unsent.Count > 0)
        {
            await _outbox.WhenDrainedAsync().WaitAsync(SendAtMost, _services.Time);
        }
    }

    /// <summary>How receivers see the first effect of an event.</summary>
    protected Delivery DeliveryOf(long version) => new(Stream.Value, Outbox.NumberOf(version, index: 0));

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
        var recorded = await _services.Journal.ReadBackwardAsync(Stream, beforeVersion, maxCount);
        return [.. recorded.Select(entry => (entry.Version, _log.Deserialize(entry.Json)))];
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

    private void TakeIn(Delivery delivery, Func<TEvent?> decide)
    {
        if (!_log.HasSeen(delivery))
        {
            var @event = decide();
            _log.Add(@event is null ? [] : new ReadOnlySpan<TEvent>(in @event), delivery);
        }
    }

    private async Task RefillOutboxAsync(StreamId stream, IReadOnlyCollection<long> unsent)
    {
        foreach (var number in unsent)
        {
            var version = Outbox.VersionOf(number);
            var recorded = await _services.Journal.ReadBackwardAsync(stream, version + 1, 1);
            var effects = EffectsOf(_log.Deserialize(recorded[0].Json), version);
            _outbox.Add(number, effects[Outbox.IndexOf(number)]);
        }
    }

    private async Task ServeAgendaAsync()
    {
        if (_servingAgenda || _aggregate.NextDue(Current) is not { } due || due > Now)
        {
            return;
        }
        _servingAgenda = true;
        try
        {
            await OnDueAsync(Now);
        }
        finally
        {
            _servingAgenda = false;
        }
        _agendaAt = null;
        ArmAgenda();
    }

    private void ArmAgenda()
    {
        var next = _aggregate.NextDue(_log.Durable.State);
        if (next == _agendaAt)
        {
            return;
        }
        _agendaAt = next;
        if (next is null)
        {
            _agendaTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        var wait = next.Value - Now;
        // Timers take at most 49 days; waking early only looks, and looks again.
        wait =
            wait > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(wait.Ticks, TimeSpan.TicksPerDay))
            : IsBeingServed(next.Value) ? LookAgainAfterFault
            : TimeSpan.Zero;
        if (_agendaTimer is null)
        {
            var options = new GrainTimerCreationOptions(wait, LookAgainAfterFault) { Interleave = true };
            _agendaTimer = this.RegisterGrainTimer(OnAgendaTimerAsync, options);
        }
        else
        {
            _agendaTimer.Change(wait, LookAgainAfterFault);
        }
    }

    /// <summary>
    /// Whether what is due is on its way to the disk already. Once it is durable the agenda is armed anew; looking again
    /// before would only keep the processor busy for as long as the disk is slow.
    /// </summary>
    private bool IsBeingServed(DateTimeOffset due) => _servingAgenda || _aggregate.NextDue(Current) != due;

    private async Task OnAgendaTimerAsync(CancellationToken cancellationToken)
    {
        await ServeAgendaAsync();
        _agendaAt = null;
        ArmAgenda();
    }

    /// <summary>
    /// Usually the next commit carries the acknowledgements; a grain at rest writes them down by itself, some time after the
    /// last effect. Until then a crash only means that effects are sent once more.
    /// </summary>
    private void KeepBooks()
    {
        _sentAt = _services.Time.GetTimestamp();
        // A busy grain sends many times a second, and setting a timer is not free: it is set once, and looks again.
        if (!_keepsBooks)
        {
            _keepsBooks = true;
            KeepBooksAfter(AcknowledgeAfter);
        }
    }

    private Task OnBookkeepingTimerAsync()
    {
        if (_log.Failed)
        {
            return Task.CompletedTask;
        }
        var rested = _services.Time.GetElapsedTime(_sentAt);
        if (rested < AcknowledgeAfter || _outbox.Unsent.Count > 0)
        {
            KeepBooksAfter(rested < AcknowledgeAfter ? AcknowledgeAfter - rested : AcknowledgeAfter);
            return Task.CompletedTask;
        }
        _keepsBooks = false;
        return RecordAcknowledgedAsync().AsTask();
    }

    private void KeepBooksAfter(TimeSpan wait)
    {
        if (_bookkeepingTimer is null)
        {
            var options = new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true };
            _bookkeepingTimer = this.RegisterGrainTimer(_ => OnBookkeepingTimerAsync(), options);
        }
        else
        {
            _bookkeepingTimer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private ValueTask RecordAcknowledgedAsync() =>
        _outbox.HasAcknowledged && !_log.Failed ? _log.Commit([]) : ValueTask.CompletedTask;

    private async Task SettleAsync()
    {
        try
        {
            await _log.WhenDurable();
            if (_outbox.Unsent.Count > 0)
            {
                await _outbox.WhenDrainedAsync().WaitAsync(SendAtMost, _services.Time);
            }
            await RecordAcknowledgedAsync();
            await _log.SnapshotAsync(_outbox.Unsent, atRest: true);
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or TimeoutException)
        {
            // Best effort: whatever is left is found again by the wake-ups.
        }
    }
}
