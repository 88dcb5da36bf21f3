using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.MoodMessages;

[JsonConverter(typeof(JsonStringEnumConverter<MoodMessageType>))]
public enum MoodMessageType
{
    /// <summary>A model's short word to everybody, on her public feed.</summary>
    [JsonStringEnumMemberName("public_micro")]
    PublicMicro,

    /// <summary>From one side of a conversation to the other.</summary>
    [JsonStringEnumMemberName("private_custom")]
    PrivateCustom,

    /// <summary>What the system says to a user who sounds distressed.</summary>
    [JsonStringEnumMemberName("escalation_auto")]
    EscalationAuto,
}

[JsonConverter(typeof(JsonStringEnumConverter<MoodMessageStatus>))]
public enum MoodMessageStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>It was tried, and is tried again.</summary>
    [JsonStringEnumMemberName("sent")]
    Sent,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("read")]
    Read,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

[JsonConverter(typeof(JsonStringEnumConverter<MoodMessageSender>))]
public enum MoodMessageSender
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("system")]
    System,
}

/// <param name="UserId">Whose conversation it is in; null for the public.</param>
/// <param name="Content">What is said, unless a template says it.</param>
/// <param name="Heard">How the user sounds, where the system knows it already.</param>
[GenerateSerializer, Immutable, Alias("SendMoodMessage")]
public sealed record SendMoodMessage(
    [property: Id(0)] MoodMessageSender Sender,
    [property: Id(1)] MoodMessageType Type,
    [property: Id(2)] ModelId ModelId,
    [property: Id(3)] UserId? UserId,
    [property: Id(4)] string? Content,
    [property: Id(5)] string? TemplateId = null,
    [property: Id(6)] DetectedMood? Heard = null
);

/// <param name="Content">Null once the conversation was erased or the message taken back, and for admins, who do not read private ones.</param>
/// <param name="Tier">The user's membership when it was sent; null for the public.</param>
/// <param name="Due">When it goes out, or went out, for the first time.</param>
/// <param name="Retries">Tries after the first one, the next one included while it waits.</param>
/// <param name="FailureReason">A code; null unless it failed.</param>
[GenerateSerializer, Immutable, Alias("MoodMessageView")]
public sealed record MoodMessageView(
    [property: Id(0)] string Id,
    [property: Id(1)] MoodMessageType Type,
    [property: Id(2)] MoodMessageSender Sender,
    [property: Id(3)] string? UserId,
    [property: Id(4)] string ModelId,
    [property: Id(5)] DetectedMood Mood,
    [property: Id(6)] string? TemplateId,
    [property: Id(7)] string? Content,
    [property: Id(8)] Membership? Tier,
    [property: Id(9)] int Priority,
    [property: Id(10)] MoodMessageStatus Status,
    [property: Id(11)] DateTimeOffset CreatedAt,
    [property: Id(12)] DateTimeOffset Due,
    [property: Id(13)] DateTimeOffset? SentAt,
    [property: Id(14)] DateTimeOffset? DeliveredAt,
    [property: Id(15)] DateTimeOffset? ReadAt,
    [property: Id(16)] DateTimeOffset? FailedAt,
    [property: Id(17)] DateTimeOffset? TakenBackAt,
    [property: Id(18)] int Retries,
    [property: Id(19)] string? FailureReason,
    [property: Id(20)] ConversationId? Conversation
)
{
    public bool IsAutomated => Sender == MoodMessageSender.System;
}
