using System.Collections.Immutable;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;

namespace Actors.Grains.Uploads;

/// <summary>Everything that is decided about a person's files. Pure: knows no grain, no clock, no storage.</summary>
public static class UploadRules
{
    /// <summary>Between the last moment at which a message may take a file and the first at which it is looked for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    public static Outcome<UploadReserved> Decide(
        PersonsUploads uploads,
        ReserveUpload command,
        long mostBytes,
        int mostFiles,
        DateTimeOffset now
    ) =>
        uploads.Files.Count >= mostFiles || command.File.Bytes > mostBytes - uploads.Bytes
            ? AttachmentRefusals.QuotaExceeded
            : new UploadReserved(now, command.Conversation, command.File);

    public static Outcome<UploadStored> DecideStored(PersonsUploads uploads, AttachmentId id, DateTimeOffset now) =>
        uploads.Files.TryGetValue(id, out var file) && file.Stage == UploadStage.Reserved
            ? new UploadStored(now, id)
            : AttachmentRefusals.AttachmentNotFound;

    /// <summary>What is claimed already may be claimed again: which message has it is the conversation's to say.</summary>
    public static Outcome<UploadsClaimed> Decide(PersonsUploads uploads, ClaimUploads command, DateTimeOffset now) =>
        command.Ids.All(id =>
            uploads.Files.TryGetValue(id, out var file)
            && file.Conversation == command.Conversation
            && file.Stage is UploadStage.Stored or UploadStage.Claimed
        )
            ? new UploadsClaimed(now, command.Ids)
            : AttachmentRefusals.NotYoursToSend;

    /// <summary>Null when it is so already, or when their message was gone first.</summary>
    public static UploadsKept? DecideKept(
        PersonsUploads uploads,
        ImmutableArray<AttachmentId> ids,
        DateTimeOffset now
    ) =>
        Those(uploads, ids, static stage => stage < UploadStage.Kept) is { IsEmpty: false } some
            ? new(now, some)
            : null;

    public static UploadsDropped? DecideDropped(
        PersonsUploads uploads,
        ImmutableArray<AttachmentId> ids,
        DateTimeOffset now
    ) =>
        Those(uploads, ids, static stage => stage < UploadStage.Dropped) is { IsEmpty: false } some
            ? new(now, some)
            : null;

    public static UploadsDropped? DecideDropped(
        PersonsUploads uploads,
        ConversationId conversation,
        DateTimeOffset now
    ) =>
        DecideDropped(
            uploads,
            [
                .. uploads
                    .Files.Values.Where(file => file.Conversation == conversation)
                    .Select(static one => one.File.Id),
            ],
            now
        );

    /// <summary>What nobody has taken in time. Of what was claimed the conversation has to be asked.</summary>
    public static UploadsDropped? DecideUnsent(PersonsUploads uploads, DateTimeOffset now) =>
        DecideDropped(uploads, Due(uploads, now, static stage => stage < UploadStage.Claimed), now);

    public static ImmutableArray<AttachmentId> Due(
        PersonsUploads uploads,
        DateTimeOffset now,
        Func<UploadStage, bool> isMeant
    ) =>
        [
            .. uploads
                .Files.Values.Where(file => file.Due <= now && isMeant(file.Stage))
                .Select(static file => file.File.Id),
        ];

    private static ImmutableArray<AttachmentId> Those(
        PersonsUploads uploads,
        ImmutableArray<AttachmentId> ids,
        Func<UploadStage, bool> isMeant
    ) => [.. ids.Where(id => uploads.Files.TryGetValue(id, out var file) && isMeant(file.Stage))];
}
