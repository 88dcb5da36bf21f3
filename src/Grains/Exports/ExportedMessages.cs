using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.Exports;

internal sealed record ExportedMessage(
    string Id,
    string UserId,
    string? ModelId,
    string? PetId,
    string Sender,
    string? Content,
    DateTimeOffset Timestamp,
    MessageMetadata? Metadata,
    bool IsRead,
    string? ReplyTo,
    DateTimeOffset? EditedAt,
    DateTimeOffset? DeletedAt,
    string? Automated,
    bool Degraded,
    IReadOnlyList<ExportedAttachment> Attachments
)
{
    public static ExportedMessage Of(MessageView message)
    {
        var id = message.Id.Conversation;
        return new ExportedMessage(
            message.Id.ToString(),
            id.UserId,
            id.Kind == PeerKind.Model ? id.PeerId : null,
            id.Kind == PeerKind.Pet ? id.PeerId : null,
            NameOf(message.Sender.ToString()),
            message.Content,
            message.At,
            message.Metadata,
            message.IsRead,
            message.ReplyTo is { } number ? new MessageId(id, number).ToString() : null,
            message.EditedAt,
            message.DeletedAt,
            message.Automated is { } automated ? NameOf(automated.ToString()) : null,
            message.Degraded,
            [.. (message.Attachments ?? []).Select(ExportedAttachment.Of)]
        );
    }

    private static string NameOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

internal sealed record ExportedAttachment(AttachmentId Id, string Type, long Size)
{
    public static ExportedAttachment Of(AttachedFile file) => new(file.Id, file.Type.MediaType(), file.Bytes);
}

internal sealed record ExportedMoodMessage(
    string MessageId,
    string? UserId,
    string ModelId,
    MoodMessageType MessageType,
    MoodMessageSender Sender,
    MoodKind DetectedMood,
    int MoodConfidence,
    string? TemplateId,
    string? Content,
    Membership? UserTier,
    int Priority,
    MoodMessageStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FailedAt,
    int RetryCount,
    string? FailureReason,
    string? ConversationId,
    bool IsAutomated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? TakenBackAt
)
{
    public static ExportedMoodMessage Of(MoodMessageView view) =>
        new(
            view.Id,
            view.UserId,
            view.ModelId,
            view.Type,
            view.Sender,
            view.Mood.Mood,
            view.Mood.Confidence,
            view.TemplateId,
            view.Content,
            view.Tier,
            view.Priority,
            view.Status,
            view.CreatedAt,
            view.SentAt,
            view.DeliveredAt,
            view.ReadAt,
            view.FailedAt,
            view.Retries,
            view.FailureReason,
            view.Conversation?.ToString(),
            view.IsAutomated,
            view.TakenBackAt
        );
}
