using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Queues;

internal static class QueueRoutes
{
    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<QueueEndpoints>();
        routes.MapFeature<EntryEndpoints>();
    }
}

/// <summary>A queue as a whole.</summary>
internal sealed class QueueEndpoints(IGrainFactory grains) : IEndpoints
{
    private readonly QueueAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var queues = routes.MapGroup("/queue/{modelId}").WithTags("Queues").Switchable(Features.Queues);
        queues
            .Get("", View, QueueJson.Default.QueueResponse)
            .WithSummary("What a model has still to perform: a user's own entries, or all for the model and admins")
            .Refuses(IdentityRefusals.ModelNotFoundCode, CommonRefusals.ForbiddenCode);
        queues
            .Post("/pause", Pause, QueueJson.Default.QueueResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Lets nothing new in; what is there stays and can be performed")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        queues
            .Post("/resume", Resume, QueueJson.Default.QueueResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Opens a paused queue again")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    private async ValueTask<Outcome<QueueResponse>> View(Call call)
    {
        var model = await _access.OpenAsync(call);
        if (model.Refusal is not null)
        {
            return model.Refusal;
        }
        var isUser = call.Caller.Role == ActorRole.User;
        var view = await Queue(model.Value).View(isUser ? call.Caller.Id : null);
        // A queue in which nothing has ever happened may be nobody's.
        if (view.Version == 0 && await _access.RefuseUnknownAsync(model.Value) is { } refusal)
        {
            return refusal;
        }
        return QueueResponse.From(view, isUser ? EntryResponse.OfCaller : EntryResponse.From);
    }

    private async ValueTask<Outcome<QueueResponse>> Pause(Call call)
    {
        var model = await _access.OpenAsync(call);
        return model.Refusal is { } refusal
            ? refusal
            : (await Queue(model.Value).Pause(call.Actor())).Map(QueueResponse.From);
    }

    private async ValueTask<Outcome<QueueResponse>> Resume(Call call)
    {
        var model = await _access.OpenAsync(call);
        return model.Refusal is { } refusal
            ? refusal
            : (await Queue(model.Value).Resume(call.Actor())).Map(QueueResponse.From);
    }

    private IQueueGrain Queue(ModelId model) => grains.GetGrain<IQueueGrain>(model.Value);
}
