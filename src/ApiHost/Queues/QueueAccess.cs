using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Queues;

/// <summary>Whose queue a request may look into and change.</summary>
internal sealed class QueueAccess(IGrainFactory grains)
{
    /// <summary>
    /// The queue that the path names: closed to models but its own. To those, a queue that cannot exist is one that does not.
    /// </summary>
    public async ValueTask<Outcome<ModelId>> OpenAsync(Call call)
    {
        var model = call.Model();
        var isForeign =
            model.Refusal is null && call.Caller.Role == ActorRole.Model && call.Caller.Id != model.Value.Value;
        return isForeign ? await RefuseUnknownAsync(model.Value) ?? AuthRefusals.Forbidden : model;
    }

    /// <summary>An entry of it.</summary>
    public async ValueTask<Outcome<(ModelId Model, PurchaseId Purchase)>> EntryAsync(Call call)
    {
        var model = await OpenAsync(call);
        return model.Refusal is not null ? model.Refusal
            : PurchaseId.TryParse(call.Route("purchaseId"), out var purchase) ? (model.Value, purchase)
            : QueueRefusals.EntryNotFound;
    }

    public async ValueTask<Refusal?> RefuseUnknownAsync(ModelId model) =>
        (await grains.GetGrain<IModelProfileGrain>(model.Value).Get()).Refusal;
}
