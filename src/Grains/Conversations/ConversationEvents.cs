using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Conversations;

/// <summary>What people wrote is sealed in all of them; see <see cref="ConversationText"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageSent), "conversation.message-sent.v1")]
[JsonDerivedType(typeof(MessageEdited), "conversation.message-edited.v1")]
[JsonDerivedType(typeof(MessageDeleted), "conversation.message-deleted.v1")]
[JsonDerivedType(typeof(HistoryCleared), "conversation.history-cleared.v1")]
[JsonDerivedType(typeof(MessagesRead), "conversation.messages-read.v1")]
[JsonDerivedType(typeof(BlockSet), "conversation.block-set.v1")]
[JsonDerivedType(typeof(ConversationReported), "conversation.reported.v1")]
[JsonDerivedType(typeof(TipReceived), "conversation.tip-received.v1")]
[JsonDerivedType(typeof(ReplyPlanned), "conversation.reply-planned.v1")]
[JsonDerivedType(typeof(ReplyDropped), "conversation.reply-dropped.v1")]
[JsonDerivedType(typeof(AutomatedUnanswered), "conversation.automated-unanswered.v1")]
[JsonDerivedType(typeof(ConversationErased), "conversation.erased.v1")]
public abstract record ConversationEvent(DateTimeOffset At) : TellableEvent;

/// <param name="Key">The sender's name for the message, if it has one.</param>
/// <param name="Auto">Of a message that nobody typed.</param>
/// <param name="Answers">What made the automated message that this one, a person's, comes after.</param>
/// <param name="ReadAtOnce">Written to a pet, which has no eyes.</param>
/// <param name="OwesGreeting">The first of a conversation with a model.</param>
/// <param name="OwesReply">The other side may have an answer to it without typing one.</param>
/// <param name="AnswersReplyOf">When the automated reply went out that this one, the user's, answers in time.</param>
/// <param name="IsActivity">The user's first in an hour, which is written down as an activity.</param>
/// <param name="Files">What is told of its attachments; null for none.</param>
/// <param name="IsToHear">How its author sounds is to be listened to.</param>
/// <param name="Distress">Of a user's message that sounds distressed.</param>
public sealed record MessageSent(
    DateTimeOffset At,
    long Number,
    MessageSender Sender,
    string Text,
    long? ReplyTo,
    MessageMetadata? Metadata,
    string? Key,
    AutomatedMessage? Auto = null,
    TemplateUse? Answers = null,
    bool? ReadAtOnce = null,
    bool? OwesGreeting = null,
    bool? OwesReply = null,
    bool? IsActivity = null,
    DateTimeOffset? AnswersReplyOf = null,
    ImmutableArray<AttachedFile>? Files = null,
    bool? IsToHear = null,
    Distress? Distress = null
) : ConversationEvent(At);

/// <param name="Use">Null for what no template has made.</param>
/// <param name="Tokens">What a thank-you is for.</param>
public sealed record AutomatedMessage(AutomatedKind Kind, TemplateUse? Use, bool Degraded, long? Tokens = null);

/// <param name="Variant">Null for the template's own content.</param>
public sealed record TemplateUse(string TemplateId, string? Variant);

/// <param name="Edit">1 for the first change of the message, and so on.</param>
public sealed record MessageEdited(DateTimeOffset At, long Number, int Edit, Side By, string Text)
    : ConversationEvent(At);

/// <param name="Dropped">Its attachments, which are to be deleted; null for none.</param>
public sealed record MessageDeleted(DateTimeOffset At, long Number, Side By, DroppedFiles? Dropped = null)
    : ConversationEvent(At);

/// <param name="Sender">Whose files they are.</param>
public sealed record DroppedFiles(Side Sender, ImmutableArray<AttachmentId> Ids);

/// <summary>One side no longer sees what was said so far.</summary>
public sealed record HistoryCleared(DateTimeOffset At, Side By, long UpTo) : ConversationEvent(At);

/// <param name="Numbers">Empty for everything up to <paramref name="UpTo"/>.</param>
public sealed record MessagesRead(DateTimeOffset At, Side By, ImmutableArray<long> Numbers, long UpTo)
    : ConversationEvent(At);

public sealed record BlockSet(DateTimeOffset At, Side By, bool Blocked) : ConversationEvent(At);

/// <param name="Report">1 for the first report of the conversation, and so on.</param>
public sealed record ConversationReported(DateTimeOffset At, int Report, Side By, long? Number, string Reason)
    : ConversationEvent(At);

public sealed record TipReceived(DateTimeOffset At, string Transfer, long Tokens) : ConversationEvent(At);

/// <summary>The other side answers automatically, and waits this long with it; or is asked for the answer until then.</summary>
public sealed record ReplyPlanned(DateTimeOffset At, DateTimeOffset Due) : ConversationEvent(At);

/// <summary>No reply goes out to what the user has written: the model does not answer automatically, or no longer.</summary>
public sealed record ReplyDropped(DateTimeOffset At) : ConversationEvent(At);

/// <summary>The user has left an automated message without an answer for so long that it counts as none.</summary>
public sealed record AutomatedUnanswered(DateTimeOffset At, TemplateUse Use) : ConversationEvent(At);

/// <summary>Its key is gone, and with it all that was said.</summary>
public sealed record ConversationErased(DateTimeOffset At) : ConversationEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ConversationEvent))]
[JsonSerializable(typeof(Conversation))]
internal sealed partial class ConversationJson : JsonSerializerContext;
