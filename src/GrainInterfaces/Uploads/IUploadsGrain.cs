using System.Collections.Immutable;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Uploads;

/// <summary>
/// The files of one person, whose id is the key: how much room they take, and which of them are to be deleted. Whoever stores a file
/// reserves its room first, so that one that a crash has left behind is known, and deleted.
/// </summary>
[Alias("IUploadsGrain")]
public interface IUploadsGrain : IGrainWithStringKey
{
    /// <summary>How long a file is kept that no message takes.</summary>
    static readonly TimeSpan KeptUnsent = TimeSpan.FromHours(1);

    /// <summary>Room for a file that is about to be stored.</summary>
    Task<Outcome<Done>> Reserve(ReserveUpload command);

    /// <summary>The file is stored. Refused when it has taken too long: then it is to be deleted again.</summary>
    Task<Outcome<Done>> Confirm(AttachmentId id);

    /// <summary>A message of the conversation is about to take these files. All or none; the same conversation may ask again.</summary>
    Task<Outcome<ClaimedFiles>> Claim(ClaimUploads command);

    /// <summary>A message has taken files.</summary>
    Task Keep(Delivery delivery, ImmutableArray<AttachmentId> ids);

    /// <summary>A message with these files is gone.</summary>
    Task Drop(Delivery delivery, ImmutableArray<AttachmentId> ids);

    /// <summary>The whole conversation is gone.</summary>
    Task DropAll(Delivery delivery, ConversationId conversation);

    [ReadOnly]
    ValueTask<UploadRoom> GetRoom();
}

[GenerateSerializer, Immutable, Alias("ReserveUpload")]
public sealed record ReserveUpload([property: Id(0)] ConversationId Conversation, [property: Id(1)] AttachedFile File);

[GenerateSerializer, Immutable, Alias("ClaimUploads")]
public sealed record ClaimUploads(
    [property: Id(0)] ConversationId Conversation,
    [property: Id(1)] ImmutableArray<AttachmentId> Ids
);

/// <param name="Files">In the order in which they were asked for.</param>
/// <param name="Until">A message that is decided later cannot have them.</param>
[GenerateSerializer, Immutable, Alias("ClaimedFiles")]
public sealed record ClaimedFiles(
    [property: Id(0)] ImmutableArray<AttachedFile> Files,
    [property: Id(1)] DateTimeOffset Until
);

/// <param name="Bytes">Of all files that are stored, or may be.</param>
[GenerateSerializer, Immutable, Alias("UploadRoom")]
public sealed record UploadRoom([property: Id(0)] int Files, [property: Id(1)] long Bytes);
