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

/// <summary>What is held about a user, gone for good; the path says whose.</summary>
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
            .For(Roles.User)
            .WithSummary("Erases for good what is held about the caller; from then on the caller is refused");
        var admin = routes.MapGroup("/api/v1/admin/users").WithTags("Erasure").For(Roles.Admin);
        Describe(
                admin.Delete(
                    "/{userId}",
                    EraseUser,
                    ErasureJson.Default.EraseRequest,
                    ErasureJson.Default.ErasureResponse
                )
            )
            .WithSummary("Erases for good what is held about a user");
        admin
            .Get("/{userId}/erasure", GetErasure, ErasureJson.Default.ErasureResponse)
            .WithSummary("How far the erasure of a user is")
            .Refuses(ErasureRefusals.ErasureNotFoundCode, IdentityRefusals.UserNotFoundCode);
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
                IdentityRefusals.TooManyRevocationsCode
            );

    private ValueTask<Outcome<ErasureResponse>> EraseMe(Call call, EraseRequest body) =>
        EraseAsync(call, call.Caller.Id, body);

    private ValueTask<Outcome<ErasureResponse>> EraseUser(Call call, EraseRequest body) =>
        UserId.TryParse(call.Route("userId"), out var user)
            ? EraseAsync(call, user.Value, body)
            : new(IdentityRefusals.UserNotFound);

    private async ValueTask<Outcome<ErasureResponse>> EraseAsync(Call call, string userId, EraseRequest body)
    {
        if (body.Confirm != true)
        {
            return ErasureRefusals.NotConfirmed;
        }
        var begun = await grains.GetGrain<IErasureGrain>(userId).Begin(call.Actor());
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

    private async ValueTask<Outcome<ErasureResponse>> GetErasure(Call call) =>
        UserId.TryParse(call.Route("userId"), out var user)
            ? (await grains.GetGrain<IErasureGrain>(user.Value).Get()).Map(ErasureResponse.From)
            : IdentityRefusals.UserNotFound;
}
