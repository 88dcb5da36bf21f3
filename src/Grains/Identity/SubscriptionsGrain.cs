using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("subscriptions")]
public sealed class SubscriptionsGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<SubscriptionBook, SubscriptionEvent>(context, services, Definition),
        ISubscriptionsGrain
{
    private static readonly Aggregate<SubscriptionBook, SubscriptionEvent> Definition = new()
    {
        Initial = SubscriptionBook.Empty,
        Evolve = SubscriptionRules.Evolve,
        EventJson = IdentityJson.Default.SubscriptionEvent,
        StateJson = IdentityJson.Default.SubscriptionBook,
    };

    public async Task<Outcome<Subscription>> Set(SetSubscription command)
    {
        var model = await GrainFactory.GetGrain<IModelProfileGrain>(command.ModelId.Value).Get();
        if (model.Refusal is not null)
        {
            return model.Refusal;
        }
        if (await GrainFactory.GetGrain<IPersonGrain>(Key).Find() != PersonKind.User)
        {
            return IdentityRefusals.UserNotFound;
        }
        return await Apply<SubscriptionEvent?, Subscription>(
            SubscriptionRules.Decide(Current, command, Now),
            () => View(command.ModelId.Value, command.Until)
        );
    }

    public ValueTask<bool> IsSubscribed(ModelId modelId) =>
        new(SubscriptionRules.IsActive(Durable, modelId.Value, Now));

    public ValueTask<SubscriptionList> List() =>
        new(
            new SubscriptionList(
                Durable
                    .Ends.OrderBy(static entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => View(entry.Key, entry.Value))
                    .ToArray()
            )
        );

    private Subscription View(string modelId, DateTimeOffset until) => new(Key, modelId, until, until > Now);
}
