using System.Collections.Immutable;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Uploads;

namespace Actors.Grains.Uploads;

/// <summary>What events make of a person's files. Pure.</summary>
public static class UploadFold
{
    public static PersonsUploads Evolve(PersonsUploads uploads, UploadEvent @event) =>
        @event switch
        {
            UploadReserved reserved => Add(uploads, reserved),
            UploadStored stored => Move(uploads, [stored.Id], UploadStage.Stored, stored.At + IUploadsGrain.KeptUnsent),
            UploadsClaimed claimed => Move(
                uploads,
                claimed.Ids,
                UploadStage.Claimed,
                claimed.At + IUploadsGrain.KeptUnsent + UploadRules.Grace
            ),
            UploadsKept kept => Move(uploads, kept.Ids, UploadStage.Kept, due: null),
            UploadsDropped dropped => Move(uploads, dropped.Ids, UploadStage.Dropped, dropped.At),
            DeletionPutOff put => Move(uploads, put.Ids, UploadStage.Dropped, put.At + UploadRules.RetryAfter),
            UploadsDeleted deleted => Remove(uploads, deleted.Ids),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static PersonsUploads Add(PersonsUploads uploads, UploadReserved reserved)
    {
        var due = reserved.At + IUploadsGrain.KeptUnsent;
        var file = new Upload(reserved.File, reserved.Conversation, UploadStage.Reserved, due);
        return uploads.With(file) with { Bytes = uploads.Bytes + reserved.File.Bytes };
    }

    private static PersonsUploads Move(
        PersonsUploads uploads,
        ImmutableArray<AttachmentId> ids,
        UploadStage stage,
        DateTimeOffset? due
    ) => ids.Aggregate(uploads, (all, id) => all.With(all.Files[id] with { Stage = stage, Due = due }));

    private static PersonsUploads Remove(PersonsUploads uploads, ImmutableArray<AttachmentId> ids) =>
        new(uploads.Files.RemoveRange(ids), uploads.Bytes - ids.Sum(id => uploads.Files[id].File.Bytes));
}
