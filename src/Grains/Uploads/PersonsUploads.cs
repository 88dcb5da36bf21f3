using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;

namespace Actors.Grains.Uploads;

/// <summary>All files of a person that are stored, or may be.</summary>
public sealed record PersonsUploads(ImmutableSortedDictionary<AttachmentId, Upload> Files, long Bytes)
{
    public static readonly PersonsUploads None = new(ImmutableSortedDictionary<AttachmentId, Upload>.Empty, 0);

    /// <summary>When a file is to be looked at next.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => Files.Values.Min(static file => file.Due);

    public PersonsUploads With(Upload file) => this with { Files = Files.SetItem(file.File.Id, file) };
}

/// <param name="Due">When it is to be looked at; null for one that a message has.</param>
public sealed record Upload(AttachedFile File, ConversationId Conversation, UploadStage Stage, DateTimeOffset? Due);

public enum UploadStage
{
    /// <summary>It is being stored, or never will be.</summary>
    Reserved,

    /// <summary>No message has it yet.</summary>
    Stored,

    /// <summary>A message may have it: only the conversation knows.</summary>
    Claimed,

    /// <summary>A message has it.</summary>
    Kept,

    /// <summary>It is to be deleted.</summary>
    Dropped,
}
