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
        "flagged",
    ];

    private const int ListedUnlessAsked = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        MapMe(routes.MapGroup("/api/v1/me").WithTags("Identity"));
        MapUsers(routes.MapGroup("/api/v1/admin/users").WithTags("Identity"));
        MapModels(routes.MapGroup("/api/v1/admin/models").WithTags("Identity"));
        MapPublic(routes.MapGroup("/api/v1/models").WithTags("Identity"));
    }

    private void MapMe(RouteGroupBuilder me)
    {
        me.Get("", Me, IdentityJson.Default.MeResponse).WithSummary("Who the token speaks for");
        me.Put("", ChangeMe, IdentityJson.Default.ChangeMeRequest, IdentityJson.Default.MeResponse)
            .For(Roles.User | Roles.Model)
            .WithSummary("Changes what is given of the caller's own profile")
            .WithExample("""{ "displayName": "Bo", "language": "es", "timeZone": "America/Bogota" }""")
            .WhenMistyped("displayName", Mistyped)
            .WhenMistyped("language", Mistyped)
            .WhenMistyped("timeZone", Mistyped)
            .Refuses(IdentityRefusals.InvalidProfileCode, IdentityRefusals.ModelNotFoundCode);
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
            .Refuses(IdentityRefusals.UserNotFoundCode);
        var set = users
            .Put("/{userId}", SetUser, IdentityJson.Default.SetUserRequest, IdentityJson.Default.UserResponse)
            .For(Roles.Admin)
            .WithSummary("Sets what is given of a person's profile")
            .WithExample("""{ "displayName": "Bo", "language": "en", "loyaltyTier": "gold" }""")
            .Refuses(
                IdentityRefusals.UserNotFoundCode,
                IdentityRefusals.InvalidProfileCode,
                IdentityRefusals.WrongRoleCode,
                IdentityRefusals.PersonErasedCode
            );
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
            .WithSummary("Registers a model, or changes what is given of one's profile")
            .WithExample("""{ "displayName": "Ana" }""")
            .WhenMistyped("displayName", Mistyped)
            .WhenMistyped("language", Mistyped)
            .WhenMistyped("timeZone", Mistyped)
            .WhenMistyped("restricted", Mistyped)
            .WhenMistyped("flagged", Mistyped)
            .Refuses(
                IdentityRefusals.ModelNotFoundCode,
                IdentityRefusals.InvalidProfileCode,
                IdentityRefusals.WrongRoleCode,
                IdentityRefusals.PersonErasedCode
            );
    }

    private void MapPublic(RouteGroupBuilder models)
    {
        models
            .Get("", ListModels, IdentityJson.Default.ModelListResponse)
            .WithSummary("The registered models in the order of their ids")
            .WithQuery("limit", "Entries per page, 1 to 100.", typeof(int), ListedUnlessAsked)
            .WithQuery("after", "Where to go on: what the page before answered as next.", typeof(string))
            .Refuses(HttpRefusals.InvalidPageCode);
        models
            .Get("/{modelId}", GetPublicModel, IdentityJson.Default.PublicModelResponse)
            .WithSummary("What everybody may know of a model")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    private async ValueTask<Outcome<MeResponse>> ChangeMe(Call call, ChangeMeRequest body)
    {
        var (id, actor) = (call.Caller.Id, call.Actor());
        if (call.Caller.Role == ActorRole.User)
        {
            var set = new SetUserProfile(actor, body.DisplayName, body.Language, body.TimeZone);
            return (await User(id).Set(set)).Map(profile => MeResponse.From(profile));
        }
        var known = await Model(id).Get();
        if (known.Refusal is not null)
        {
            // Only an admin makes a model of somebody.
            return known.Refusal;
        }
        var change = new RegisterModel(actor, body.DisplayName, body.Language, body.TimeZone);
        return (await Model(id).Register(change)).Map(profile => MeResponse.From(profile));
    }

    private async ValueTask<Outcome<ModelListResponse>> ListModels(Call call)
    {
        var page = call.Page(ListedUnlessAsked);
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var (limit, after) = (page.Value.Limit, call.Query("after"));
        var found = await grains.ListModelsAsync(after, limit + 1);
        return new ModelListResponse(
            [.. found.Take(limit).Select(static model => new ListedModel(model.ModelId, model.DisplayName))],
            found.Count > limit ? found[limit - 1].ModelId : null
        );
    }

    private async ValueTask<Outcome<PublicModelResponse>> GetPublicModel(Call call)
    {
        var model = call.Model();
        return model.Refusal is { } refusal
            ? refusal
            : (await Model(model.Value.Value).Get()).Map(PublicModelResponse.From);
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
        && await grains.GetGrain<IPersonGrain>(user.Value).Find() == PersonKind.User
            ? UserResponse.From(await User(user.Value).Get())
            : IdentityRefusals.UserNotFound;

    private async ValueTask<Outcome<UserResponse>> SetUser(Call call, SetUserRequest body)
    {
        if (!UserId.TryParse(call.Route("userId"), out var user))
        {
            return IdentityRefusals.UserNotFound;
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
            body.Restricted,
            body.Flagged
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
        var command = new RegisterModel(
            call.Actor(),
            body.DisplayName,
            body.Language,
            body.TimeZone,
            body.Restricted,
            body.Flagged
        );
        return (await Model(model.Value.Value).Register(command)).Map(ModelResponse.From);
    }

    private IUserProfileGrain User(string id) => grains.GetGrain<IUserProfileGrain>(id);

    private IModelProfileGrain Model(string id) => grains.GetGrain<IModelProfileGrain>(id);
}
