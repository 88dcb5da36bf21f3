using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Auth.Revoking;

internal sealed class RevocationEndpoints(IGrainFactory grains, Revocations revocations) : IEndpoints
{
    private IRevocationsGrain All => grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key);

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin/revocations").WithTags("Identity").For(Roles.Admin);
        admin
            .Get("", List, RevocationJson.Default.RevocationListResponse)
            .WithSummary("What is revoked, newest first")
            .Paged();
        admin
            .Post("", Revoke, RevocationJson.Default.RevokeRequest, RevocationJson.Default.RevocationResponse)
            .WithSummary(
                "Revokes a subject's tokens, of one role if one is named, or one token: here at once, on other hosts within 2 seconds"
            )
            .WithExample("""{ "subject": "bo", "role": "user", "reason": "The phone was stolen." }""")
            .WhenMistyped("subject", IdentityRefusals.InvalidRevocation)
            .WhenMistyped("role", IdentityRefusals.InvalidRevocation)
            .WhenMistyped("jti", IdentityRefusals.InvalidRevocation)
            .WhenMistyped("reason", IdentityRefusals.InvalidRevocation)
            .Refuses(IdentityRefusals.InvalidRevocationCode, IdentityRefusals.TooManyRevocationsCode);
    }

    private async ValueTask<Outcome<RevocationListResponse>> List(Call call)
    {
        var page = call.Page();
        if (page.Refusal is not null)
        {
            return page.Refusal;
        }
        var all = (await All.Since(Revocations.Unknown))!.Revocations;
        var newest = all.OrderByDescending(static one => one.At).Skip(page.Value!.Offset).Take(page.Value.Limit);
        return new RevocationListResponse([.. newest.Select(RevocationResponse.From)], all.Count);
    }

    private async ValueTask<Outcome<RevocationResponse>> Revoke(Call call, RevokeRequest body)
    {
        if ((body.Subject is null) == (body.Jti is null) || body.Reason is null)
        {
            return IdentityRefusals.InvalidRevocation;
        }
        ActorRole? role = null;
        if (body.Role is not null)
        {
            if (!RoleNames.TryParse(body.Role, out var named))
            {
                return IdentityRefusals.InvalidRevocation;
            }
            role = named;
        }
        var kind = body.Subject is null ? RevokedKind.Token : RevokedKind.Subject;
        var value = body.Subject ?? body.Jti!;
        var outcome = await All.Revoke(new RevokeTokens(call.Actor(), kind, value, body.Reason, role));
        if (outcome.Refusal is not null)
        {
            return outcome.Refusal;
        }
        revocations.Apply(outcome.Value!);
        return RevocationResponse.From(
            outcome.Value!.Revocations.Single(one => one.Kind == kind && one.Value == value && one.Role == role)
        );
    }
}
