using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Identity;

internal sealed record SetSubscriptionRequest(string? UserId, string? ModelId, DateTimeOffset? Until);

/// <param name="Active">Whether it has not ended yet.</param>
internal sealed record SubscriptionResponse(string UserId, string ModelId, DateTimeOffset Until, bool Active)
{
    public static SubscriptionResponse From(Subscription subscription) =>
        new(subscription.UserId, subscription.ModelId, subscription.Until, subscription.Active);
}

internal sealed record SubscriptionListResponse(IReadOnlyList<SubscriptionResponse> Subscriptions);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SetSubscriptionRequest))]
[JsonSerializable(typeof(SubscriptionResponse))]
[JsonSerializable(typeof(SubscriptionListResponse))]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
