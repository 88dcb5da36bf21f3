using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Identity;

internal sealed class SubscriptionEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var subscriptions = routes.MapGroup("/api/v1").WithTags("Identity");
        subscriptions
            .Get("/subscriptions", List, SubscriptionJson.Default.SubscriptionListResponse)
            .For(Roles.User)
            .WithSummary("The models that the caller is or was subscribed to, and until when");
        subscriptions
            .Put(
                "/admin/subscriptions",
                Set,
                SubscriptionJson.Default.SetSubscriptionRequest,
                SubscriptionJson.Default.SubscriptionResponse
            )
            .For(Roles.Admin)
            .WithSummary("Sets until when a user is subscribed to a model; a time in the past ends it")
            .WithExample("""{ "userId": "bo", "modelId": "ana", "until": "2027-01-01T00:00:00Z" }""")
            .WhenMistyped("userId", IdentityRefusals.InvalidSubscription)
            .WhenMistyped("modelId", IdentityRefusals.InvalidSubscription)
            .WhenMistyped("until", IdentityRefusals.InvalidSubscription)
            .Refuses(
                IdentityRefusals.InvalidSubscriptionCode,
                IdentityRefusals.ModelNotFoundCode,
                IdentityRefusals.UserNotFoundCode,
                IdentityRefusals.TooManySubscriptionsCode
            );
    }

    private async ValueTask<Outcome<SubscriptionListResponse>> List(Call call)
    {
        var found = await Subscriptions(call.Caller.Id).List();
        return new SubscriptionListResponse([.. found.Subscriptions.Select(SubscriptionResponse.From)]);
    }

    private async ValueTask<Outcome<SubscriptionResponse>> Set(Call call, SetSubscriptionRequest body)
    {
        if (!UserId.TryParse(body.UserId, out var user) || body.ModelId is null || body.Until is not { } until)
        {
            return IdentityRefusals.InvalidSubscription;
        }
        if (!ModelId.TryParse(body.ModelId, out var model))
        {
            return IdentityRefusals.ModelNotFound;
        }
        var command = new SetSubscription(call.Actor(), model, until);
        return (await Subscriptions(user.Value).Set(command)).Map(SubscriptionResponse.From);
    }

    private ISubscriptionsGrain Subscriptions(string userId) => grains.GetGrain<ISubscriptionsGrain>(userId);
}
