using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Queues;

/// <summary>The life of one entry.</summary>
internal sealed class EntryEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int Whole = 100;

    private readonly QueueAccess _access = new(grains);

    public void Map(IEndpointRouteBuilder routes)
    {
        var entries = routes
            .MapGroup("/queue/{modelId}/{purchaseId}")
            .WithTags("Queues")
            .Switchable(Features.Queues)
            .Refuses(QueueRefusals.EntryNotFoundCode, QueueRefusals.EntryFinishedCode);
        entries
            .Post("/start", Start, QueueJson.Default.EntryResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("The model begins to perform; started again it is the same entry")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        Ends(
                entries.Post(
                    "/complete",
                    Complete,
                    QueueJson.Default.CompleteEntryRequest,
                    QueueJson.Default.FinishedEntryResponse
                )
            )
            .For(Roles.Model | Roles.Admin)
            .WithSummary("It was delivered, wholly or in part: the model gets the tokens for that, the user the rest")
            .WithExample("""{ "deliver_percent": 100, "idempotency_key": "complete-1" }""")
            .WhenMistyped("deliver_percent", QueueRefusals.InvalidDeliverPercent)
            .Refuses(
                IdentityRefusals.ModelNotFoundCode,
                QueueRefusals.InvalidDeliverPercentCode,
                QueueRefusals.EntryNotStartedCode
            );
        Ends(
                entries.Post(
                    "/reject",
                    Reject,
                    QueueJson.Default.RejectEntryRequest,
                    QueueJson.Default.FinishedEntryResponse
                )
            )
            .For(Roles.Model | Roles.Admin)
            .WithSummary("The model turns it down, waiting or started: the user gets all tokens back")
            .WithExample("""{ "reason": "I have lost my voice", "idempotency_key": "reject-1" }""")
            .WhenMistyped("reason", LedgerRefusals.InvalidReason)
            .Refuses(IdentityRefusals.ModelNotFoundCode, LedgerRefusals.InvalidReasonCode);
        Ends(
                entries.Post(
                    "/cancel",
                    Cancel,
                    QueueJson.Default.CancelEntryRequest,
                    QueueJson.Default.FinishedEntryResponse
                )
            )
            .For(Roles.User)
            .WithSummary("The user takes it back while it waits, and gets all tokens back")
            .WithExample("""{ "idempotency_key": "cancel-1" }""")
            .Refuses(IdentityRefusals.ModelNotFoundCode, QueueRefusals.EntryStartedCode);
    }

    /// <summary>What all ways to end an entry have in common; with the key in the header a body is not needed.</summary>
    private static IEndpointConventionBuilder Ends(IEndpointConventionBuilder route) => route.BodyOptional().Keyed();

    private async ValueTask<Outcome<EntryResponse>> Start(Call call)
    {
        var entry = await _access.EntryAsync(call);
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }
        var (model, purchase) = entry.Value;
        return (await Queue(model).Start(new StartEntry(call.Actor(), purchase))).Map(EntryResponse.From);
    }

    private async ValueTask<Outcome<FinishedEntryResponse>> Complete(Call call, CompleteEntryRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var entry = await _access.EntryAsync(call);
        if ((entry.Refusal ?? key.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (model, purchase) = entry.Value;
        var command = new CompleteEntry(call.Actor(), purchase, body.DeliverPercent ?? Whole, key.Value);
        return (await Queue(model).Complete(command)).Map(FinishedEntryResponse.From);
    }

    private async ValueTask<Outcome<FinishedEntryResponse>> Reject(Call call, RejectEntryRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var entry = await _access.EntryAsync(call);
        if ((entry.Refusal ?? key.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (model, purchase) = entry.Value;
        var command = new RejectEntry(call.Actor(), purchase, body.Reason, key.Value);
        return (await Queue(model).Reject(command)).Map(FinishedEntryResponse.From);
    }

    private async ValueTask<Outcome<FinishedEntryResponse>> Cancel(Call call, CancelEntryRequest body)
    {
        var key = call.IdempotencyKey(body.IdempotencyKey);
        var entry = await _access.EntryAsync(call);
        if ((entry.Refusal ?? key.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (model, purchase) = entry.Value;
        var command = new CancelEntry(call.Actor(), purchase, key.Value);
        return (await Queue(model).Cancel(command)).Map(FinishedEntryResponse.From);
    }

    private IQueueGrain Queue(ModelId model) => grains.GetGrain<IQueueGrain>(model.Value);
}
