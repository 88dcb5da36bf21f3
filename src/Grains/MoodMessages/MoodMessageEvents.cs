using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages;

/// <summary>What is said is sealed; see <see cref="MoodMessageText"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MoodMessageCreated), "mood-message.created.v1")]
[JsonDerivedType(typeof(MoodMessageSent), "mood-message.sent.v1")]
[JsonDerivedType(typeof(MoodMessageRetried), "mood-message.retried.v1")]
[JsonDerivedType(typeof(MoodMessageDelivered), "mood-message.delivered.v1")]
[JsonDerivedType(typeof(MoodMessageFailed), "mood-message.failed.v1")]
[JsonDerivedType(typeof(MoodMessageRead), "mood-message.read.v1")]
[JsonDerivedType(typeof(MoodMessageTakenBack), "mood-message.taken-back.v1")]
public abstract record MoodMessageEvent(DateTimeOffset At, MoodMessageFacts Facts);

/// <param name="Due">When it is to be delivered.</param>
public sealed record MoodMessageCreated(
    DateTimeOffset At,
    MoodMessageFacts Facts,
    string Text,
    string? TemplateId,
    int Confidence,
    int Priority,
    DateTimeOffset Due
) : MoodMessageEvent(At, Facts);

/// <summary>Its delivery has been tried for the first time.</summary>
public sealed record MoodMessageSent(DateTimeOffset At, MoodMessageFacts Facts) : MoodMessageEvent(At, Facts);

/// <summary>It did not arrive, and is tried again.</summary>
/// <param name="Attempt">The one that has failed: 1 for the first.</param>
public sealed record MoodMessageRetried(DateTimeOffset At, MoodMessageFacts Facts, int Attempt, DateTimeOffset Due)
    : MoodMessageEvent(At, Facts);

/// <param name="Number">Its number in the conversation; null for the public.</param>
public sealed record MoodMessageDelivered(DateTimeOffset At, MoodMessageFacts Facts, long? Number)
    : MoodMessageEvent(At, Facts);

/// <param name="Reason">A code.</param>
public sealed record MoodMessageFailed(DateTimeOffset At, MoodMessageFacts Facts, string Reason)
    : MoodMessageEvent(At, Facts);

public sealed record MoodMessageRead(DateTimeOffset At, MoodMessageFacts Facts, long Number)
    : MoodMessageEvent(At, Facts);

/// <summary>What was said to everybody is no longer shown.</summary>
public sealed record MoodMessageTakenBack(DateTimeOffset At, MoodMessageFacts Facts, Actor By)
    : MoodMessageEvent(At, Facts);

/// <summary>What a message is, whatever becomes of it; each event carries it, for what follows from an event is made from that alone.</summary>
/// <param name="UserId">Null for the public.</param>
/// <param name="Tier">The user's membership then; null for the public.</param>
public sealed record MoodMessageFacts(
    MoodMessageType Kind,
    MoodMessageSender Sender,
    string ModelId,
    string? UserId,
    MoodKind Mood,
    Membership? Tier,
    DateTimeOffset CreatedAt
)
{
    /// <summary>Null for the public.</summary>
    [JsonIgnore]
    public ConversationId? Conversation =>
        UserId is null
            ? null
            : ConversationId.WithModel(
                GrainInterfaces.Identity.ModelId.Parse(ModelId),
                GrainInterfaces.Identity.UserId.Parse(UserId)
            );

    /// <summary>The side that it is for.</summary>
    [JsonIgnore]
    public Side Reader => Sender == MoodMessageSender.User ? Side.Peer : Side.User;

    /// <summary>Whom it is for; null for the public.</summary>
    [JsonIgnore]
    public string? ReaderId => UserId is null || Sender != MoodMessageSender.User ? UserId : ModelId;
}

/// <summary>One mood message as the fold of its events. How it stands follows from what has happened when.</summary>
/// <param name="Due">When it is tried next; null when it has come to an end.</param>
/// <param name="Attempts">That have failed.</param>
/// <param name="Number">Its number in the conversation, once it is there.</param>
public sealed record MoodMessage(
    MoodMessageCreated? Created,
    DateTimeOffset? Due,
    int Attempts,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    long? Number,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FailedAt,
    string? FailureReason,
    DateTimeOffset? TakenBackAt
)
{
    public static readonly MoodMessage None = new(null, null, 0, null, null, null, null, null, null, null);

    [JsonIgnore]
    public MoodMessageStatus Status =>
        FailedAt is not null ? MoodMessageStatus.Failed
        : ReadAt is not null ? MoodMessageStatus.Read
        : DeliveredAt is not null ? MoodMessageStatus.Delivered
        : SentAt is not null ? MoodMessageStatus.Sent
        : MoodMessageStatus.Pending;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(MoodMessageEvent))]
[JsonSerializable(typeof(MoodMessage))]
[JsonSerializable(typeof(MoodMessageBoxEvent))]
[JsonSerializable(typeof(MoodMessageBox))]
[JsonSerializable(typeof(MoodMessageCountsEvent))]
[JsonSerializable(typeof(MoodMessageDays))]
[JsonSerializable(typeof(ModelFeedEvent))]
[JsonSerializable(typeof(ModelFeed))]
internal sealed partial class MoodMessageJson : JsonSerializerContext;
