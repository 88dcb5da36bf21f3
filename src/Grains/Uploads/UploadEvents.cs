using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Uploads;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UploadReserved), "uploads.reserved.v1")]
[JsonDerivedType(typeof(UploadStored), "uploads.stored.v1")]
[JsonDerivedType(typeof(UploadsClaimed), "uploads.claimed.v1")]
[JsonDerivedType(typeof(UploadsKept), "uploads.kept.v1")]
[JsonDerivedType(typeof(UploadsDropped), "uploads.dropped.v1")]
[JsonDerivedType(typeof(UploadsDeleted), "uploads.deleted.v1")]
[JsonDerivedType(typeof(DeletionPutOff), "uploads.deletion-put-off.v1")]
public abstract record UploadEvent(DateTimeOffset At);

public sealed record UploadReserved(DateTimeOffset At, ConversationId Conversation, AttachedFile File)
    : UploadEvent(At);

public sealed record UploadStored(DateTimeOffset At, AttachmentId Id) : UploadEvent(At);

/// <summary>A message is being decided that has them.</summary>
public sealed record UploadsClaimed(DateTimeOffset At, ImmutableArray<AttachmentId> Ids) : UploadEvent(At);

/// <summary>A message has them.</summary>
public sealed record UploadsKept(DateTimeOffset At, ImmutableArray<AttachmentId> Ids) : UploadEvent(At);

/// <summary>They are to be deleted: their message is gone, or none has taken them.</summary>
public sealed record UploadsDropped(DateTimeOffset At, ImmutableArray<AttachmentId> Ids) : UploadEvent(At);

/// <summary>They are gone from the store, and take no room.</summary>
public sealed record UploadsDeleted(DateTimeOffset At, ImmutableArray<AttachmentId> Ids) : UploadEvent(At);

/// <summary>The store could not delete them now.</summary>
public sealed record DeletionPutOff(DateTimeOffset At, ImmutableArray<AttachmentId> Ids) : UploadEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(UploadEvent))]
[JsonSerializable(typeof(PersonsUploads))]
internal sealed partial class UploadJson : JsonSerializerContext;
