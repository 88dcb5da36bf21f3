using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("model")]
public sealed class ModelProfileGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<ModelAccount, ModelProfileEvent>(context, services, Definition),
        IModelProfileGrain
{
    private static readonly Aggregate<ModelAccount, ModelProfileEvent> Definition = new()
    {
        Initial = ModelAccount.Unknown,
        Evolve = ModelProfileRules.Evolve,
        EventJson = IdentityJson.Default.ModelProfileEvent,
        StateJson = IdentityJson.Default.ModelAccount,
    };

    public ValueTask<Outcome<ModelProfile>> Get() => new(View());

    public Task<Outcome<ModelProfile>> Register(RegisterModel command) =>
        Apply(ModelProfileRules.Decide(Current, command, Now), View);

    public Task<Outcome<ModelProfile>> AcceptMoodTerms(Actor actor) =>
        Apply(ModelProfileRules.DecideTerms(Current, actor, Now), View);

    protected override IReadOnlyList<Effect> EffectsOf(ModelProfileEvent @event, long version) =>
        @event switch
        {
            ModelRegistered registered => [ListAs(registered.DisplayName)],
            ModelRenamed renamed => [ListAs(renamed.DisplayName)],
            _ => [],
        };

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
            : new ModelProfile(Key, account.DisplayName, account.RegisteredAt, account.MoodTermsAcceptedAt);
    }
}
