using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("model")]
public sealed class ModelProfileGrain(IGrainContext context, DurableServices services, PolicyInForce policy)
    : EventSourcedGrain<ModelAccount, ModelProfileEvent>(context, services, Definition),
        IModelProfileGrain
{
    private static readonly Aggregate<ModelAccount, ModelProfileEvent> Definition = new()
    {
        Initial = ModelAccount.Unknown,
        Evolve = ModelProfileRules.Evolve,
        EventJson = IdentityJson.Default.ModelProfileEvent,
        StateJson = IdentityJson.Default.ModelAccount,
        Schema = 2,
    };

    private readonly TimeProvider _time = services.Time;

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
        await (decision.Value.IsEmpty ? WhenDurable() : Commit(decision.Value.AsSpan()));
        if (decision.Value.OfType<ModelSettingsChanged>().Any(static changed => changed.Settings.Restricted))
        {
            // Until then silos may sell by quotes that they were given before.
            await Task.Delay(ItemQuote.LongestUse, _time);
        }
        return View();
    }

    public Task<Outcome<ModelProfile>> AcceptMoodTerms(Actor actor) =>
        Apply(ModelProfileRules.DecideTerms(Current, actor, Now), View);

    protected override IReadOnlyList<Effect> EffectsOf(ModelProfileEvent @event, long version) =>
        @event switch
        {
            ModelRegistered registered => [ListAs(registered.DisplayName)],
            ModelRenamed renamed => [ListAs(renamed.DisplayName)],
            _ => [],
        };

    private Outcome<ImmutableArray<ModelProfileEvent>> Decide(RegisterModel command, ProhibitedContent prohibited) =>
        prohibited.Screen(ModelProfileRules.Decide(Current, command, Now), ModelProfileRules.RefuseContent);

    private Effect ListAs(string displayName) =>
        Effect.To<IModelDirectoryGrain>(
            Shards.Of(Key),
            (directory, delivery) => directory.Put(delivery, new ModelListing(Key, displayName))
        );

    private Outcome<ModelProfile> View()
    {
        var account = Durable;
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
