using System.Collections.Immutable;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Attachments;
using Actors.Grains.Durability;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Uploads;

[GrainType("uploads")]
public sealed partial class UploadsGrain(
    IGrainContext context,
    DurableServices services,
    IAttachmentStore store,
    AttachmentOptions options,
    ILogger<UploadsGrain> logger
) : EventSourcedGrain<PersonsUploads, UploadEvent>(context, services, Definition), IUploadsGrain
{
    private static readonly TimeSpan DeleteAtMost = TimeSpan.FromSeconds(10);

    private static readonly Aggregate<PersonsUploads, UploadEvent> Definition = new()
    {
        Initial = PersonsUploads.None,
        Evolve = UploadFold.Evolve,
        NextDue = static uploads => uploads.NextDue,
        EventJson = UploadJson.Default.UploadEvent,
        StateJson = UploadJson.Default.PersonsUploads,
    };

    private readonly TimeProvider _time = services.Time;

    public Task<Outcome<Done>> Reserve(ReserveUpload command) =>
        Apply<UploadReserved, Done>(
            UploadRules.Decide(Current, command, options.MostBytes, options.PersonFiles, Now),
            static () => Done.It
        );

    public Task<Outcome<Done>> Confirm(AttachmentId id) =>
        Apply<UploadStored, Done>(UploadRules.DecideStored(Current, id, Now), static () => Done.It);

    public Task<Outcome<ClaimedFiles>> Claim(ClaimUploads command) =>
        Apply<UploadsClaimed, ClaimedFiles>(
            UploadRules.Decide(Current, command, Now),
            (claimed, _) =>
                new ClaimedFiles(
                    [.. command.Ids.Select(id => Durable.Files[id].File)],
                    claimed.At + IUploadsGrain.KeptUnsent
                )
        );

    public Task Keep(Delivery delivery, ImmutableArray<AttachmentId> ids) =>
        CommitOnce(delivery, () => UploadRules.DecideKept(Current, ids, Now));

    public Task Drop(Delivery delivery, ImmutableArray<AttachmentId> ids) =>
        CommitOnce(delivery, () => UploadRules.DecideDropped(Current, ids, Now));

    public Task DropAll(Delivery delivery, ConversationId conversation) =>
        CommitOnce(delivery, () => UploadRules.DecideDropped(Current, conversation, Now));

    public ValueTask<UploadRoom> GetRoom() => new(new UploadRoom(Durable.Files.Count, Durable.Bytes));

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (UploadRules.DecideUnsent(Current, now) is { } unsent)
        {
            await Commit(unsent);
        }
        foreach (var claimed in ClaimedTooLong(now))
        {
            await AskAsync(claimed.Key, [.. claimed]);
        }
        await DeleteAsync(UploadRules.Due(Current, Now, static stage => stage == UploadStage.Dropped));
    }

    private IGrouping<ConversationId, AttachmentId>[] ClaimedTooLong(DateTimeOffset now) =>
        [
            .. UploadRules
                .Due(Current, now, static stage => stage == UploadStage.Claimed)
                .GroupBy(id => Current.Files[id].Conversation),
        ];

    /// <summary>Its word may still be on the way; or there was a crash, and no message has them.</summary>
    private async Task AskAsync(ConversationId conversation, ImmutableArray<AttachmentId> ids)
    {
        var taken = await GrainFactory.GetGrain<IConversationGrain>(conversation.ToString()).FindTaken(ids);
        if (UploadRules.DecideKept(Current, [.. taken], Now) is { } kept)
        {
            await Commit(kept);
        }
        if (UploadRules.DecideDropped(Current, [.. ids.Except(taken)], Now) is { } dropped)
        {
            await Commit(dropped);
        }
    }

    private async Task DeleteAsync(ImmutableArray<AttachmentId> ids)
    {
        using var patience = new CancellationTokenSource(DeleteAtMost, _time);
        var (deleted, left) = (new List<AttachmentId>(), new List<AttachmentId>());
        foreach (var id in ids)
        {
            (await TryDeleteAsync(id, patience.Token) ? deleted : left).Add(id);
        }
        if (deleted.Count > 0)
        {
            await Commit(new UploadsDeleted(Now, [.. deleted]));
        }
        if (left.Count > 0)
        {
            await Commit(new DeletionPutOff(Now, [.. left]));
        }
    }

    private async Task<bool> TryDeleteAsync(AttachmentId id, CancellationToken patience)
    {
        try
        {
            patience.ThrowIfCancellationRequested();
            await store.DeleteAsync(UploadNames.Of(Current.Files[id].Conversation, id), patience);
            return true;
        }
        catch (Exception fault) when (StorageFaults.IsFailedRead(fault))
        {
            LogPutOff(logger, fault);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A file could not be deleted; it is tried again")]
    private static partial void LogPutOff(ILogger logger, Exception fault);
}
