using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>Which models one user is subscribed to and until when; the key is the user's id.</summary>
[Alias("ISubscriptionsGrain")]
public interface ISubscriptionsGrain : IGrainWithStringKey
{
    /// <summary>Sets the end of a subscription; one in the past ends it. Refused for a model that is not registered.</summary>
    Task<Outcome<Subscription>> Set(SetSubscription command);

    [ReadOnly]
    ValueTask<bool> IsSubscribed(ModelId modelId);

    /// <summary>By model, ended ones included; a user with very many may miss some that have ended.</summary>
    [ReadOnly]
    ValueTask<SubscriptionList> List();
}

[GenerateSerializer, Immutable, Alias("SetSubscription")]
public sealed record SetSubscription(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] ModelId ModelId,
    [property: Id(2)] DateTimeOffset Until
);

[GenerateSerializer, Immutable, Alias("Subscription")]
public sealed record Subscription(
    [property: Id(0)] string UserId,
    [property: Id(1)] string ModelId,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] bool Active
);

[GenerateSerializer, Immutable, Alias("SubscriptionList")]
public sealed record SubscriptionList([property: Id(0)] IReadOnlyList<Subscription> Subscriptions);
