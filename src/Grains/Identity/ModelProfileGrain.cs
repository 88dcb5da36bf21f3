using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Identity;

[GrainType("model")]
public sealed class ModelProfileGrain(
    IGrainContext context,
    DurableServices services,
    PolicyInForce policy,
    IErasableKeys keys
) : EventSourcedGrain<ModelAccount, ModelProfileEvent>(context, services, Definition), IModelProfileGrain
{
    private static readonly Actor Platform = new(ActorRole.System, "erasure");

    private static readonly Aggregate<ModelAccount, ModelProfileEvent> Definition = new()
    {
        Initial = ModelAccount.Unknown,
        Evolve = ModelProfileRules.Evolve,
        EventJson = IdentityJson.Default.ModelProfileEvent,
        StateJson = IdentityJson.Default.ModelAccount,
        Schema = 2,
    };

    private readonly TimeProvider _time = services.Time;
    private SealingKey? _key;
    private (ModelAccount Sealed, ModelAccount Opened)? _opened;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Current.DisplayName is not null)
        {
            await OpenKeyAsync();
        }
    }

    public ValueTask<Outcome<ModelProfile>> Get() => new(View());

    public async Task<Outcome<ModelProfile>> Register(RegisterModel command)
    {
        var prohibited = await policy.GetAsync();
        var decision = Decide(command, prohibited);
        if (decision is { Refusal: null, Value.IsEmpty: false } && Current.DisplayName is null)
        {
            var person = await GrainFactory.GetGrain<IPersonGrain>(Key).Introduce(PersonKind.Model);
            if (person.Refusal is not null)
            {
                return person.Refusal;
            }
            decision = Decide(command, prohibited);
        }
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        if (decision.Value.IsEmpty)
        {
            await WhenDurable();
            return View();
        }
        if (await OpenKeyAsync() is not { } key)
        {
            return IdentityRefusals.PersonErased;
        }
        // Somebody else may have come while the key was.
        decision = Decide(command, prohibited);
        await Commit([.. decision.Value.Select(@event => ModelProfileRules.Seal(@event, key))]);
        if (decision.Value.OfType<ModelSettingsChanged>().Any(static changed => changed.Settings.Restricted))
        {
            // Until then silos may sell by quotes that they were given before.
            await Task.Delay(ItemQuote.LongestUse, _time);
        }
        return View();
    }

    public Task<Outcome<ModelProfile>> AcceptMoodTerms(Actor actor) =>
        Apply(ModelProfileRules.DecideTerms(Current, actor, Now), View);

    public async Task Erase()
    {
        await keys.DestroyAsync(PersonKey.NameOf(Key));
        (_key, _opened) = (null, null);
        await (Current == ModelAccount.Unknown ? WhenDurable() : Commit(new ModelProfileErased(Now, Platform)));
    }

    protected override IReadOnlyList<Effect> EffectsOf(ModelProfileEvent @event, long version) =>
        @event switch
        {
            ModelRegistered registered => [ListAs(registered.DisplayName)],
            ModelRenamed renamed => [ListAs(renamed.DisplayName)],
            ModelProfileErased =>
            [
                Effect.To<IModelDirectoryGrain>(
                    Shards.Of(Key),
                    (directory, delivery) => directory.Remove(delivery, Key)
                ),
            ],
            _ => [],
        };

    private Outcome<ImmutableArray<ModelProfileEvent>> Decide(RegisterModel command, ProhibitedContent prohibited) =>
        prohibited.Screen(ModelProfileRules.Decide(Opened(Current), command, Now), ModelProfileRules.RefuseContent);

    private Effect ListAs(string displayName) =>
        Effect.To<IModelDirectoryGrain>(
            Shards.Of(Key),
            (directory, delivery) => directory.Put(delivery, new ModelListing(Key, displayName))
        );

    private async ValueTask<SealingKey?> OpenKeyAsync() => _key ??= await keys.OpenOfAsync(Key);

    /// <summary>With the name as it was typed; the profile of nobody once the key is gone.</summary>
    private ModelAccount Opened(ModelAccount account)
    {
        if (_opened is not { } last || !ReferenceEquals(last.Sealed, account))
        {
            _opened = last = (account, account with { DisplayName = _key.OpenWords(account.DisplayName) });
        }
        return last.Opened;
    }

    private Outcome<ModelProfile> View()
    {
        var account = Opened(Durable);
        return account.DisplayName is null
            ? IdentityRefusals.ModelNotFound
            : new ModelProfile(
                Key,
                account.DisplayName,
                account.RegisteredAt,
                account.MoodTermsAcceptedAt,
                account.Settings.Language,
                account.Settings.TimeZone,
                account.Settings.Restricted,
                account.Settings.Flagged
            );
    }
}
