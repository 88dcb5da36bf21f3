using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>
/// One conversation; the key is its <see cref="ConversationId"/>. Messages are numbered 1, 2, 3 … in the order in which they were
/// taken in. What a model has not answered herself is answered for her, by mood and templates, when her settings say so; a pet
/// answers by itself.
/// </summary>
[Alias("IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    const int MaxContentLength = 2_000;

    const int MaxAttachments = 10;

    /// <summary>How many unread messages a side is told of at most; older ones count as read.</summary>
    const int MaxUnread = 1_000;

    /// <summary>How long the author may change a message.</summary>
    static readonly TimeSpan EditableFor = TimeSpan.FromMinutes(15);

    /// <summary>Takes a message in; repeated with the same key it is the same message.</summary>
    Task<Outcome<MessageView>> Send(SendMessage command);

    /// <summary>Another text in place of a message's; only by its author, and not for long.</summary>
    Task<Outcome<MessageView>> Edit(EditMessage command);

    /// <summary>Takes one message back for both sides, or everything so far out of the own side's sight.</summary>
    Task<Outcome<MessageCount>> Delete(DeleteMessages command);

    Task<Outcome<MessageCount>> MarkRead(MarkMessagesRead command);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    Task<Outcome<MessagePage>> List(ListMessages query);

    /// <summary>Messages by number, in that order; those that the side may not see are left out.</summary>
    [ReadOnly]
    Task<IReadOnlyList<MessageView>> Find(Side side, IReadOnlyList<long> numbers);

    /// <summary>What a side's list shows of the conversation; null while nothing was said, or after it was erased.</summary>
    [ReadOnly]
    Task<ConversationSummary?> Summarize(Side side);

    /// <summary>A side is writing. The other one's live connections hear of it, at most every two seconds; nothing is kept.</summary>
    Task<Outcome<Done>> Type(Side side);

    /// <summary>
    /// Whether a side could send messages and files now, or the refusal that it would get. Only while it could, the two know of each
    /// other whether they are there.
    /// </summary>
    [ReadOnly]
    Task<Outcome<Done>> CheckOpen(Side side);

    /// <summary>A file of a message that the side sees; null when there is none.</summary>
    [ReadOnly]
    Task<AttachedFile?> FindFile(Side side, AttachmentId id);

    /// <summary>Those of the files that messages have; never an old answer.</summary>
    [ReadOnly]
    Task<IReadOnlyList<AttachmentId>> FindTaken(IReadOnlyList<AttachmentId> ids);

    /// <summary>While either side blocks, nobody sends.</summary>
    Task<Outcome<Done>> SetBlocked(SetBlocked command);

    /// <summary>Tells the platform's admins of a message, or of the conversation.</summary>
    Task<Outcome<Done>> Report(ReportConversation command);

    /// <summary>The model is thankful for tips.</summary>
    Task ReceiveTips(IReadOnlyList<Delivered<TipNotice>> tips);

    /// <summary>Makes unreadable for ever what was said, and ends the conversation; erasing again changes nothing.</summary>
    Task Erase();
}

/// <summary>The two who talk; <see cref="Peer"/> is the model or the pet.</summary>
public enum Side
{
    User,
    Peer,
}

public enum MessageSender
{
    User,
    Model,
    Pet,
    System,
}

/// <summary>Why a message was sent that nobody typed.</summary>
public enum AutomatedKind
{
    Greeting,
    AutoResponse,
    TipThankYou,
    PetReply,
}

/// <param name="ReplyTo">The number of the message that this one answers.</param>
/// <param name="Key">The caller's name for this message; null for one that is not repeated.</param>
/// <param name="Attachments">Files that the sender has uploaded into this conversation; then there may be no content.</param>
[GenerateSerializer, Immutable, Alias("SendMessage")]
public sealed record SendMessage(
    [property: Id(0)] MessageSender Sender,
    [property: Id(1)] string Content,
    [property: Id(2)] long? ReplyTo = null,
    [property: Id(3)] MessageMetadata? Metadata = null,
    [property: Id(4)] string? Key = null,
    [property: Id(5)] IReadOnlyList<AttachmentId>? Attachments = null
);

/// <param name="Mood">1 to 32 letters, digits, _ or -; what the sender's app knows of the mood.</param>
/// <param name="XpGained">0 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("MessageMetadata")]
public sealed record MessageMetadata([property: Id(0)] string? Mood, [property: Id(1)] int? XpGained);

[GenerateSerializer, Immutable, Alias("EditMessage")]
public sealed record EditMessage(
    [property: Id(0)] Side Side,
    [property: Id(1)] long Number,
    [property: Id(2)] string Content
);

/// <param name="Number">Null for everything so far.</param>
[GenerateSerializer, Immutable, Alias("DeleteMessages")]
public sealed record DeleteMessages([property: Id(0)] Side Side, [property: Id(1)] long? Number);

/// <param name="Numbers">Null for everything so far.</param>
[GenerateSerializer, Immutable, Alias("MarkMessagesRead")]
public sealed record MarkMessagesRead([property: Id(0)] Side Side, [property: Id(1)] IReadOnlyList<long>? Numbers);

/// <param name="Before">Only messages with a smaller number; null begins with the newest.</param>
/// <param name="Search">Only messages that contain this, whatever the case.</param>
[GenerateSerializer, Immutable, Alias("ListMessages")]
public sealed record ListMessages(
    [property: Id(0)] Side Side,
    [property: Id(1)] int Limit,
    [property: Id(2)] int Offset = 0,
    [property: Id(3)] long? Before = null,
    [property: Id(4)] bool UnreadOnly = false,
    [property: Id(5)] string? Search = null
);

[GenerateSerializer, Immutable, Alias("SetBlocked")]
public sealed record SetBlocked([property: Id(0)] Side Side, [property: Id(1)] bool Blocked);

/// <param name="Number">Null for the conversation as a whole.</param>
[GenerateSerializer, Immutable, Alias("ReportConversation")]
public sealed record ReportConversation(
    [property: Id(0)] Side Side,
    [property: Id(1)] long? Number,
    [property: Id(2)] string Reason
);

/// <param name="Transfer">The ledger's name for the tip.</param>
[GenerateSerializer, Immutable, Alias("TipNotice")]
public sealed record TipNotice(
    [property: Id(0)] string Transfer,
    [property: Id(1)] long Tokens,
    [property: Id(2)] DateTimeOffset At
);

/// <param name="Content">Null for a message that was deleted.</param>
/// <param name="IsRead">Whether the other side has read it.</param>
/// <param name="Automated">Null for what somebody typed.</param>
/// <param name="Degraded">Mood, templates or voice could not be reached; this is a default.</param>
/// <param name="Attachments">Null for none, and for a message that was deleted.</param>
[GenerateSerializer, Immutable, Alias("MessageView")]
public sealed record MessageView(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] MessageSender Sender,
    [property: Id(2)] string? Content,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] bool IsRead,
    [property: Id(5)] long? ReplyTo,
    [property: Id(6)] MessageMetadata? Metadata,
    [property: Id(7)] DateTimeOffset? EditedAt,
    [property: Id(8)] DateTimeOffset? DeletedAt,
    [property: Id(9)] AutomatedKind? Automated,
    [property: Id(10)] bool Degraded,
    [property: Id(11)] IReadOnlyList<AttachedFile>? Attachments = null
);

/// <param name="Total">All that the query could list; of a search, what is on this page.</param>
/// <param name="Next">To be passed as <see cref="ListMessages.Before"/>; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("MessagePage")]
public sealed record MessagePage(
    [property: Id(0)] IReadOnlyList<MessageView> Messages,
    [property: Id(1)] long Total,
    [property: Id(2)] long? Next
);

[GenerateSerializer, Immutable, Alias("MessageCount")]
public sealed record MessageCount([property: Id(0)] long Count);

/// <param name="Blocked">By the side that asks.</param>
/// <param name="IsOpen">Blocked by neither.</param>
[GenerateSerializer, Immutable, Alias("ConversationSummary")]
public sealed record ConversationSummary(
    [property: Id(0)] ConversationId Id,
    [property: Id(1)] MessageView? LastMessage,
    [property: Id(2)] int Unread,
    [property: Id(3)] bool Blocked,
    [property: Id(4)] bool IsOpen = false
);
