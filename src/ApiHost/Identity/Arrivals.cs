using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Identity;

/// <summary>
/// A user or a model is known from the first request on, and an id is one person's: a token with the other role for it is
/// refused. Asked once for each token that this host remembers.
/// </summary>
internal sealed class Arrivals(IGrainFactory grains, TimeProvider time)
{
    public async ValueTask<Refusal?> AdmitAsync(Caller caller, Endpoint? endpoint)
    {
        try
        {
            var kind = caller.Role == ActorRole.Model ? PersonKind.Model : PersonKind.User;
            var introduced = grains.GetGrain<IPersonGrain>(caller.Id).Introduce(kind).AsTask();
            var outcome = await introduced.WaitAsync(CallDeadline.Patience, time);
            caller.HasArrived = outcome.Refusal is null;
            return outcome.Refusal;
        }
        catch (Exception fault)
            when (Faults.IsUnavailable(fault) && endpoint?.Metadata.GetMetadata<Degrading>() is not null)
        {
            return null;
        }
    }
}
