using Actors.ApiHost.Auth;
using Actors.ApiHost.Auth.Revoking;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Erasure;

internal static class ErasureRoutes
{
    public static void MapErasure(this IEndpointRouteBuilder routes) => routes.MapFeature<ErasureEndpoints>();
}

/// <summary>What is held about a user or a model, gone for good; the path says whose.</summary>
internal sealed class ErasureEndpoints(IGrainFactory grains, Revocations revocations) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Describe(
                routes
                    .MapGroup("/api/v1/me")
                    .WithTags("Erasure")
                    .Delete("", EraseMe, ErasureJson.Default.EraseRequest, ErasureJson.Default.ErasureResponse)
            )
            .For(Roles.User | Roles.Model)
            .WithSummary("Erases for good what is held about the caller; from then on the caller is refused");
        var users = routes.MapGroup("/api/v1/admin/users").WithTags("Erasure").For(Roles.Admin);
        Describe(
                users.Delete(
                    "/{userId}",
                    EraseUser,
                    ErasureJson.Default.EraseRequest,
                    ErasureJson.Default.ErasureResponse
                )
            )
            .WithSummary("Erases for good what is held about a user");
        users
            .Get("/{userId}/erasure", GetOfUser, ErasureJson.Default.ErasureResponse)
            .WithSummary("How far the erasure of a user is")
            .Refuses(ErasureRefusals.ErasureNotFoundCode, IdentityRefusals.UserNotFoundCode);
        var models = routes.MapGroup("/api/v1/admin/models").WithTags("Erasure").For(Roles.Admin);
        Describe(
                models.Delete(
                    "/{modelId}",
                    EraseModel,
                    ErasureJson.Default.EraseRequest,
                    ErasureJson.Default.ErasureResponse
                )
            )
            .WithSummary("Erases for good what is held about a model");
        models
            .Get("/{modelId}/erasure", GetOfModel, ErasureJson.Default.ErasureResponse)
            .WithSummary("How far the erasure of a model is")
            .Refuses(ErasureRefusals.ErasureNotFoundCode, IdentityRefusals.ModelNotFoundCode);
    }

    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder route) =>
        route
            .Accepts()
            .WithExample("""{ "confirm": true }""")
            .WhenMistyped("confirm", ErasureRefusals.NotConfirmed)
            .Refuses(
                ErasureRefusals.ErasureNotConfirmedCode,
                ErasureRefusals.TokensLeftCode,
                IdentityRefusals.UserNotFoundCode,
                IdentityRefusals.ModelNotFoundCode,
                IdentityRefusals.TooManyRevocationsCode
            );

    private ValueTask<Outcome<ErasureResponse>> EraseMe(Call call, EraseRequest body) =>
        EraseAsync(
            call,
            call.Caller.Id,
            call.Caller.Role == ActorRole.Model ? PersonKind.Model : PersonKind.User,
            body
        );

    private ValueTask<Outcome<ErasureResponse>> EraseUser(Call call, EraseRequest body) =>
        UserId.TryParse(call.Route("userId"), out var user)
            ? EraseAsync(call, user.Value, PersonKind.User, body)
            : new(IdentityRefusals.UserNotFound);

    private ValueTask<Outcome<ErasureResponse>> EraseModel(Call call, EraseRequest body) =>
        call.Model() is { Refusal: null, Value: var model }
            ? EraseAsync(call, model.Value, PersonKind.Model, body)
            : new(IdentityRefusals.ModelNotFound);

    private async ValueTask<Outcome<ErasureResponse>> EraseAsync(
        Call call,
        string personId,
        PersonKind kind,
        EraseRequest body
    )
    {
        if (body.Confirm != true)
        {
            return ErasureRefusals.NotConfirmed;
        }
        var begun = await grains.GetGrain<IErasureGrain>(personId).Begin(call.Actor(), kind);
        if (begun.Refusal is null)
        {
            // Here at once, on other hosts within 2 seconds.
            var all = grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key);
            if (await all.Since(revocations.Version) is { } list)
            {
                revocations.Apply(list);
            }
        }
        return begun.Map(view => call.Accepted(ErasureResponse.From(view)));
    }

    private async ValueTask<Outcome<ErasureResponse>> GetOfUser(Call call) =>
        UserId.TryParse(call.Route("userId"), out var user)
            ? await GetAsync(user.Value, PersonKind.User)
            : IdentityRefusals.UserNotFound;

    private async ValueTask<Outcome<ErasureResponse>> GetOfModel(Call call) =>
        call.Model() is { Refusal: null, Value: var model }
            ? await GetAsync(model.Value, PersonKind.Model)
            : IdentityRefusals.ModelNotFound;

    private async Task<Outcome<ErasureResponse>> GetAsync(string personId, PersonKind kind)
    {
        var found = await grains.GetGrain<IErasureGrain>(personId).Get();
        return found is { Refusal: null, Value: { } view } && view.Kind != kind
            ? ErasureRefusals.ErasureNotFound
            : found.Map(ErasureResponse.From);
    }
}
