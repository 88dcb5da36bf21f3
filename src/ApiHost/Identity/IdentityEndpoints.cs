using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Identity;

internal static class IdentityRoutes
{
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<IdentityEndpoints>();
        routes.MapFeature<SubscriptionEndpoints>();
        routes.MapFeature<RevocationEndpoints>();
    }
}

internal sealed class IdentityEndpoints(IGrainFactory grains) : IEndpoints
{
    private static readonly Refusal Mistyped = IdentityRefusals.InvalidProfile(
        "A member of the profile has a wrong value or type."
    );

    private static readonly string[] Members =
    [
        "displayName",
        "language",
        "timeZone",
        "loyaltyTier",
        "membership",
        "prime",
        "ageVerified",
        "termsAccepted",
        "restricted",
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        MapMe(routes.MapGroup("/api/v1/me").WithTags("Identity"));
        MapUsers(routes.MapGroup("/api/v1/admin/users").WithTags("Identity"));
        MapModels(routes.MapGroup("/api/v1/admin/models").WithTags("Identity"));
    }

    private void MapMe(RouteGroupBuilder me)
    {
        me.Get("", Me, IdentityJson.Default.MeResponse).WithSummary("Who the token speaks for");
        me.Post("/mood-terms", AcceptMoodTerms, IdentityJson.Default.ModelResponse)
            .For(Roles.Model)
            .WithSummary("A model accepts the mood messaging terms")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    private void MapUsers(RouteGroupBuilder users)
    {
        users
            .Get("/{userId}", GetUser, IdentityJson.Default.UserResponse)
            .For(Roles.Admin | Roles.Service, Scopes.ReadProfiles)
            .WithSummary("A person's profile")
            .Refuses(HttpRefusals.NotFoundCode);
        var set = users
            .Put("/{userId}", SetUser, IdentityJson.Default.SetUserRequest, IdentityJson.Default.UserResponse)
            .For(Roles.Admin)
            .WithSummary("Sets what is given of a person's profile")
            .WithExample("""{ "displayName": "Bo", "language": "en", "loyaltyTier": "gold" }""")
            .Refuses(HttpRefusals.NotFoundCode, IdentityRefusals.InvalidProfileCode);
        foreach (var member in Members)
        {
            set.WhenMistyped(member, Mistyped);
        }
    }

    private void MapModels(RouteGroupBuilder models)
    {
        models
            .Get("/{modelId}", GetModel, IdentityJson.Default.ModelResponse)
            .For(Roles.Admin | Roles.Service, Scopes.ReadProfiles)
            .WithSummary("A model's profile")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        models
            .Put("/{modelId}", Register, IdentityJson.Default.RegisterModelRequest, IdentityJson.Default.ModelResponse)
            .For(Roles.Admin)
            .WithSummary("Registers a model, or renames one")
            .WithExample("""{ "displayName": "Ana" }""")
            .WhenMistyped("displayName", Mistyped)
            .Refuses(IdentityRefusals.ModelNotFoundCode, IdentityRefusals.InvalidProfileCode);
    }

    private async ValueTask<Outcome<MeResponse>> Me(Call call)
    {
        var (id, role) = (call.Caller.Id, call.Caller.Role);
        var user = role == ActorRole.User ? UserResponse.From(await User(id).Get()) : null;
        var model = role == ActorRole.Model ? (await Model(id).Get()).Value : null;
        return new MeResponse(id, RoleNames.Of(role), user, model is null ? null : ModelResponse.From(model));
    }

    private async ValueTask<Outcome<ModelResponse>> AcceptMoodTerms(Call call) =>
        (await Model(call.Caller.Id).AcceptMoodTerms(call.Actor())).Map(ModelResponse.From);

    private async ValueTask<Outcome<UserResponse>> GetUser(Call call) =>
        UserId.TryParse(call.Route("userId"), out var user)
            ? UserResponse.From(await User(user.Value).Get())
            : HttpRefusals.NotFound;

    private async ValueTask<Outcome<UserResponse>> SetUser(Call call, SetUserRequest body)
    {
        if (!UserId.TryParse(call.Route("userId"), out var user))
        {
            return HttpRefusals.NotFound;
        }
        var command = new SetUserProfile(
            call.Actor(),
            body.DisplayName,
            body.Language,
            body.TimeZone,
            body.LoyaltyTier,
            body.Membership,
            body.Prime,
            body.AgeVerified,
            body.TermsAccepted,
            body.Restricted
        );
        return (await User(user.Value).Set(command)).Map(UserResponse.From);
    }

    private async ValueTask<Outcome<ModelResponse>> GetModel(Call call)
    {
        var model = call.Model();
        return model.Refusal is { } refusal ? refusal : (await Model(model.Value.Value).Get()).Map(ModelResponse.From);
    }

    private async ValueTask<Outcome<ModelResponse>> Register(Call call, RegisterModelRequest body)
    {
        var model = call.Model();
        if (model.Refusal is { } refusal)
        {
            return refusal;
        }
        var command = new RegisterModel(call.Actor(), body.DisplayName ?? "");
        return (await Model(model.Value.Value).Register(command)).Map(ModelResponse.From);
    }

    private IUserProfileGrain User(string id) => grains.GetGrain<IUserProfileGrain>(id);

    private IModelProfileGrain Model(string id) => grains.GetGrain<IModelProfileGrain>(id);
}
