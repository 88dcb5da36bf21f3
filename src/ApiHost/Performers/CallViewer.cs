using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Performers;

namespace Actors.ApiHost.Performers;

/// <summary>Who looks at private calls. Users see as much as they may; everybody else sees all.</summary>
/// <param name="User">Null for who is no user.</param>
/// <param name="Upgrade">For who may look and not book.</param>
internal sealed record CallViewer(UserProfile? User, UpgradeOffer? Upgrade)
{
    private static readonly CallViewer Other = new(null, null);

    /// <summary>Refused as if nothing were there for whom the feature is hidden from.</summary>
    public static async ValueTask<Outcome<CallViewer>> OfAsync(IGrainFactory grains, Call call)
    {
        if (call.Caller.Role != ActorRole.User)
        {
            return Other;
        }
        var user = await grains.GetGrain<IUserProfileGrain>(call.Caller.Id).Get();
        return CallAudiences.Of(user) switch
        {
            CallAudience.Hidden => HttpRefusals.NotFound,
            CallAudience.Gated => new CallViewer(user, UpgradeOffer.For(user)),
            _ => new CallViewer(user, null),
        };
    }
}
