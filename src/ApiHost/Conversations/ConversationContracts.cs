using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;

namespace Actors.ApiHost.Conversations;

/// <summary>One message, in whichever conversation.</summary>
/// <param name="Id">Unique everywhere, and the same for both sides.</param>
/// <param name="Content">Null once it was deleted.</param>
/// <param name="IsRead">Whether whom it is for has read it.</param>
/// <param name="Automated">Why it was sent by itself; null for what somebody typed.</param>
/// <param name="Degraded">A neutral default, for mood or templates could not be reached.</param>
internal sealed record MessageResponse(
    string Id,
    string UserId,
    string? ModelId,
    string? PetId,
    [property: JsonConverter(typeof(StrictEnumConverter<SenderName>))] SenderName Sender,
    string? Content,
    DateTimeOffset Timestamp,
    MetadataContract? Metadata,
    bool IsRead,
    string? ReplyTo,
    DateTimeOffset? EditedAt,
    DateTimeOffset? DeletedAt,
    AutomatedName? Automated,
    bool Degraded,
    IReadOnlyList<AttachmentResponse> Attachments
)
{
    public static MessageResponse From(MessageView message)
    {
        var id = message.Id.Conversation;
        return new MessageResponse(
            message.Id.ToString(),
            id.UserId,
            id.Kind == PeerKind.Model ? id.PeerId : null,
            id.Kind == PeerKind.Pet ? id.PeerId : null,
            (SenderName)message.Sender,
            message.Content,
            message.At,
            message.Metadata is { } metadata ? new MetadataContract(metadata.Mood, metadata.XpGained) : null,
            message.IsRead,
            message.ReplyTo is { } number ? new MessageId(id, number).ToString() : null,
            message.EditedAt,
            message.DeletedAt,
            (AutomatedName?)message.Automated,
            message.Degraded,
            [.. (message.Attachments ?? []).Select(AttachmentResponse.From)]
        );
    }
}

/// <param name="Id">Where its bytes are: under the conversation's <c>attachments</c>.</param>
/// <param name="Type">What it is by its content, such as <c>image/jpeg</c>.</param>
/// <param name="Size">Bytes, without what was taken out.</param>
internal sealed record AttachmentResponse(string Id, string Type, long Size)
{
    public static AttachmentResponse From(AttachedFile file) =>
        new(file.Id.ToString(), file.Type.MediaType(), file.Bytes);
}

internal sealed record MetadataContract(string? Mood = null, int? XpGained = null);

/// <param name="Next">Passed as <c>before</c> it gives the next page; null on the last one.</param>
internal sealed record MessageListResponse(
    IReadOnlyList<MessageResponse> Messages,
    long Total,
    bool HasMore,
    string? Next,
    int Limit,
    int Offset
);

internal sealed record SendMessageRequest
{
    public string? Content { get; init; }

    public string? ReplyTo { get; init; }

    public MetadataContract? Metadata { get; init; }

    public IReadOnlyList<string>? Attachments { get; init; }
}

internal sealed record EditMessageRequest
{
    public string? Content { get; init; }
}

/// <summary>One of the two.</summary>
internal sealed record MarkMessagesRequest
{
    public IReadOnlyList<string>? MessageIds { get; init; }

    public bool? MarkAllAsRead { get; init; }
}

internal sealed record UpdatedResponse(long Updated);

internal sealed record DeletedResponse(long Deleted);

internal sealed record BlockedResponse(bool Blocked);

internal sealed record ReportRequest
{
    public string? MessageId { get; init; }

    public string? Reason { get; init; }
}

internal sealed record ReportedResponse(bool Reported);

internal sealed record ConversationListResponse(
    IReadOnlyList<ConversationResponse> Conversations,
    int Total,
    int Limit,
    int Offset
);

/// <param name="PeerId">Whom the caller talks with.</param>
/// <param name="Blocked">By the caller.</param>
/// <param name="Online">Whether the other side has a live connection; never so while one of the two blocks.</param>
internal sealed record ConversationResponse(
    string PeerId,
    [property: JsonConverter(typeof(StrictEnumConverter<PeerName>))] PeerName Peer,
    MessageResponse? LastMessage,
    int Unread,
    bool Blocked,
    bool Online
)
{
    public static ConversationResponse From(ConversationSummary summary, Side side, bool online) =>
        new(
            side == Side.User ? summary.Id.PeerId : summary.Id.UserId,
            side == Side.Peer ? PeerName.User
                : summary.Id.Kind == PeerKind.Model ? PeerName.Model
                : PeerName.Pet,
            summary.LastMessage is { } last ? MessageResponse.From(last) : null,
            summary.Unread,
            summary.Blocked,
            online
        );
}

internal sealed record ReportListResponse(IReadOnlyList<ReportResponse> Reports, long Total, int Limit, int Offset);

/// <param name="ReportedBy">The id of whom the report is from; <c>system</c> when the user's messages sounded distressed.</param>
/// <param name="MessageId">Null when it is about the whole conversation.</param>
/// <param name="Content">What the message says now.</param>
internal sealed record ReportResponse(
    string UserId,
    string PeerId,
    string ReportedBy,
    string? MessageId,
    string? Content,
    string Reason,
    DateTimeOffset At
);

// In the order of MessageSender.
internal enum SenderName
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("pet")]
    Pet,

    [JsonStringEnumMemberName("system")]
    System,
}

// In the order of AutomatedKind.
[JsonConverter(typeof(StrictEnumConverter<AutomatedName>))]
internal enum AutomatedName
{
    [JsonStringEnumMemberName("greeting")]
    Greeting,

    [JsonStringEnumMemberName("auto_response")]
    AutoResponse,

    [JsonStringEnumMemberName("tip_thank_you")]
    TipThankYou,

    [JsonStringEnumMemberName("pet_reply")]
    PetReply,
}

internal enum PeerName
{
    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("pet")]
    Pet,

    [JsonStringEnumMemberName("user")]
    User,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(AttachmentResponse))]
[JsonSerializable(typeof(MessageListResponse))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(EditMessageRequest))]
[JsonSerializable(typeof(MarkMessagesRequest))]
[JsonSerializable(typeof(UpdatedResponse))]
[JsonSerializable(typeof(DeletedResponse))]
[JsonSerializable(typeof(BlockedResponse))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(ReportedResponse))]
[JsonSerializable(typeof(ConversationListResponse))]
[JsonSerializable(typeof(ReportListResponse))]
internal sealed partial class ConversationJson : JsonSerializerContext;
