using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Operations.Switches;

internal sealed class SwitchEndpoints(IGrainFactory grains, FeatureStates states) : IEndpoints
{
    private IFeatureSwitchesGrain Switches => grains.GetGrain<IFeatureSwitchesGrain>(IFeatureSwitchesGrain.Key);

    public void Map(IEndpointRouteBuilder routes)
    {
        var features = routes.MapGroup("/api/v1/admin/features").WithTags("Operations").For(Roles.Admin);
        features.Get("", List, SwitchJson.Default.FeatureListResponse).WithSummary("Every feature switch");
        features
            .Put("/{feature}", Set, SwitchJson.Default.SetFeatureRequest, SwitchJson.Default.FeatureListResponse)
            .WithSummary("Switch a feature on or off, in effect everywhere within 2 seconds")
            .WithExample("""{ "enabled": false }""")
            .Refuses(OperationsRefusals.FeatureNotFoundCode);
    }

    private async ValueTask<Outcome<FeatureListResponse>> List(Call call) => Response(await Switches.Get());

    private async ValueTask<Outcome<FeatureListResponse>> Set(Call call, SetFeatureRequest body)
    {
        if (body.Enabled is not { } enabled)
        {
            return HttpRefusals.InvalidRequest("enabled is true or false.");
        }
        var outcome = await Switches.Set(new SetFeature(call.Actor(), call.Route("feature")!, enabled));
        if (outcome.Refusal is null)
        {
            states.Apply(outcome.Value!);
        }
        return outcome.Map(Response);
    }

    private static FeatureListResponse Response(FeatureSwitches switches) =>
        new([
            .. switches.Switches.Select(one => new FeatureResponse(
                one.Feature,
                one.Enabled,
                one.ChangedAt,
                one.ChangedBy
            )),
        ]);
}
