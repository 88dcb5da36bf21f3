using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Performers;

/// <summary>One performer's calendar, and the only one that gives her time away.</summary>
[GrainType("performer")]
public sealed class PerformerGrain(
    IGrainContext context,
    DurableServices services,
    PerformerOptions options,
    PolicyInForce policy,
    IErasableKeys keys
) : EventSourcedGrain<Performer, PerformerEvent>(context, services, Definition), IPerformerGrain
{
    private static readonly Aggregate<Performer, PerformerEvent> Definition = new()
    {
        Initial = Performer.Nobody,
        Evolve = PerformerRules.Evolve,
        EventJson = PerformerJson.Default.PerformerEvent,
        StateJson = PerformerJson.Default.Performer,
    };

    private static readonly Actor Platform = new(ActorRole.System, "no-shows");
    private static readonly Actor Erasure = new(ActorRole.System, "erasure");

    private SealingKey? _key;
    private (PerformerSettings Sealed, PerformerSettings? Opened)? _opened;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Current.Settings is not null)
        {
            _key = await keys.OpenOfAsync(Key);
        }
    }

    public async Task<Outcome<PerformerView>> Set(SetPerformer command)
    {
        var prohibited = await policy.GetAsync();
        var name = "";
        if (Current.Settings is null)
        {
            var model = await RegisteredAsync(command);
            if (model.Refusal is not null)
            {
                return model.Refusal;
            }
            name = model.Value!.DisplayName;
            _key ??= await keys.OpenOfAsync(Key);
        }
        var decision = PerformerRules.Decide(Opened(Current), command, name, Now);
        return await ChangeAsync(prohibited.Screen(decision, RefuseContent));
    }

    public Task<Outcome<PerformerView>> SetCalendar(SetCalendar command) =>
        ChangeAsync(PerformerRules.Decide(Opened(Current), command, Now));

    public ValueTask<Outcome<PerformerView>> Get() => new(View());

    public ValueTask<Outcome<SlotList>> Slots(SlotQuery query) =>
        new(TimeRules.Slots(Opened(Durable), query, options.GridMinutes, Now));

    public ValueTask<Outcome<CallOffer>> Quote(HoldTime wanted) =>
        new(TimeRules.Offer(Key, Opened(Durable), wanted.Duration, wanted.Type));

    public Task<Outcome<CallOffer>> Hold(HoldTime command) =>
        GiveAsync(TimeRules.Decide(Opened(Current), command, options.GridMinutes, Now), command.Duration);

    public Task<Outcome<Done>> Confirm(ConfirmTime command) =>
        Apply<TimeTaken?, Done>(TimeRules.Decide(Opened(Current), command, Now), static () => Done.It);

    public Task<Outcome<CallOffer>> Move(MoveTime command) =>
        GiveAsync(TimeRules.Decide(Opened(Current), command, options.GridMinutes, Now), command.Duration);

    public Task Free(Delivery delivery, string bookingId) =>
        CommitOnce(delivery, () => TimeRules.DecideFree(Current, bookingId, Now));

    public Task NoteEnd(Delivery delivery, CallEnd end) =>
        CommitOnce(delivery, () => PerformerRules.DecideEnd(Current, end, options.NoShowsToPause, Now));

    public Task NoteRating(Delivery delivery, CallRating rating) =>
        CommitOnce(delivery, () => new CallRated(Now, rating));

    public Task<Outcome<PerformerView>> Reopen(Actor actor) =>
        Apply(PerformerRules.DecideReopen(Current, actor, Now), View);

    public async Task<Outcome<RemovedPerformer>> Remove(Actor actor)
    {
        var removed = await Apply<PerformerEvent?, RemovedPerformer>(
            PerformerRules.DecideRemoval(Current, actor, Now),
            () => new RemovedPerformer(Key, Durable.Removed)
        );
        await WhenSentAsync();
        return removed;
    }

    public Task Erase()
    {
        (_key, _opened) = (null, null);
        return Current.Settings is null || Current.Removed
            ? WhenDurable()
            : Commit(new PerformerRemoved(Now, Erasure, ForGood: true));
    }

    protected override IReadOnlyList<Effect> EffectsOf(PerformerEvent @event, long version) =>
        @event switch
        {
            PerformerSet set => [ListAs(set.Settings.Status)],
            PerformerRemoved removed => [ListAs(removed.ForGood ? PerformerStatus.Inactive : null)],
            CallEnded { Pauses: true } => [Flag(), .. PerformerTellings.Of(Key, @event)],
            _ => PerformerTellings.Of(Key, @event),
        };

    /// <summary>The model that she is; an admin who names her makes her one.</summary>
    private async Task<Outcome<ModelProfile>> RegisteredAsync(SetPerformer command)
    {
        var model = GrainFactory.GetGrain<IModelProfileGrain>(Key);
        var known = await model.Get();
        if (known.Refusal is null || command.DisplayName is null)
        {
            return known;
        }
        // Looked at first: what is refused here must not have made a model of anybody.
        return PerformerRules.Decide(Performer.Nobody, command, "", Now).Refusal is { } refusal
            ? refusal
            : await model.Register(new RegisterModel(command.Actor, command.DisplayName, TimeZone: command.TimeZone));
    }

    private async Task<Outcome<CallOffer>> GiveAsync(Outcome<TimeTaken?> decision, int minutes)
    {
        // The price as of the decision, whatever an admin changes while it is written.
        var offer = TimeRules.Offer(Key, Opened(Current), minutes, null);
        return await Apply<TimeTaken?, CallOffer>(decision, () => offer);
    }

    private async Task<Outcome<PerformerView>> ChangeAsync(Outcome<PerformerEvent?> decision)
    {
        if (decision.Value is PerformerSet && _key is null)
        {
            return IdentityRefusals.PersonErased;
        }
        var changed = await Apply(decision.Map(SealName), View);
        // Who makes a performer finds her in the list from here on.
        await WhenSentAsync();
        return changed;
    }

    private PerformerEvent? SealName(PerformerEvent? @event) =>
        @event is PerformerSet set && _key is { } key
            ? set with
            {
                Settings = set.Settings with { DisplayName = key.SealWords(set.Settings.DisplayName) },
            }
            : @event;

    /// <summary>With the name as it was typed. Who has no name any more is no performer.</summary>
    private Performer Opened(Performer performer)
    {
        if (performer.Settings is not { } settings)
        {
            return performer;
        }
        if (_opened is not { } last || !ReferenceEquals(last.Sealed, settings))
        {
            var name = _key.OpenWords(settings.DisplayName);
            _opened = last = (settings, name is null ? null : settings with { DisplayName = name });
        }
        return performer with { Settings = last.Opened };
    }

    private static Refusal? RefuseContent(PerformerEvent? @event, ProhibitedContent prohibited) =>
        @event is PerformerSet set && prohibited.IsIn(set.Settings.DisplayName)
            ? IdentityRefusals.ProhibitedDisplayName
            : null;

    private Effect ListAs(PerformerStatus? status) =>
        Effect.To<IPerformerDirectoryGrain>(
            IPerformerDirectoryGrain.Only,
            (directory, delivery) => directory.Put(delivery, new PerformerListing(Key, status))
        );

    /// <summary>Somebody should look at her; flagging twice changes nothing.</summary>
    private Effect Flag() =>
        Effect.To<IModelProfileGrain>(
            Key,
            static (model, _) => model.Register(new RegisterModel(Platform, Flagged: true))
        );

    private Outcome<PerformerView> View()
    {
        var performer = Opened(Durable);
        return performer.Settings is { } settings
            ? PerformerRules.View(Key, performer, settings)
            : PerformerRefusals.PerformerNotFound;
    }
}
