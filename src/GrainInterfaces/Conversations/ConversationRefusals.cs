using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Conversations;

public static class ConversationRefusals
{
    public const string ConversationNotFoundCode = "CONVERSATION_NOT_FOUND";
    public const string ConversationBlockedCode = "CONVERSATION_BLOCKED";
    public const string MessageNotFoundCode = "MESSAGE_NOT_FOUND";
    public const string InvalidMessageCode = "INVALID_MESSAGE";
    public const string MessageNotEditableCode = "MESSAGE_NOT_EDITABLE";
    public const string NotYourMessageCode = "NOT_YOUR_MESSAGE";

    public static readonly Refusal ConversationNotFound = new(
        ConversationNotFoundCode,
        "There is no such conversation; the user begins it."
    );

    public static readonly Refusal ConversationBlocked = new(
        ConversationBlockedCode,
        "Nothing can be sent in this conversation: one of the two has blocked it."
    );

    public static readonly Refusal MessageNotFound = new(MessageNotFoundCode, "There is no such message here.");

    public static readonly Refusal InvalidContent = new(
        InvalidMessageCode,
        $"content has 1 to {IConversationGrain.MaxContentLength} characters; with attachments it may have none."
    );

    public static readonly Refusal ProhibitedContent = new(
        InvalidMessageCode,
        "content says something that is not allowed here."
    );

    public static readonly Refusal InvalidReply = new(
        InvalidMessageCode,
        "replyTo is the id of an earlier message of this conversation that has not been deleted."
    );

    public static readonly Refusal InvalidAttachments = new(
        InvalidMessageCode,
        $"attachments has up to {IConversationGrain.MaxAttachments} ids of uploads, none of them twice."
    );

    public static readonly Refusal InvalidMetadata = new(
        InvalidMessageCode,
        "metadata has a mood of 1 to 32 letters, digits, _ or -, and xpGained from 0 to 1000."
    );

    public static readonly Refusal InvalidSearch = new(InvalidMessageCode, "search has 2 to 100 characters.");

    public static readonly Refusal InvalidReport = new(InvalidMessageCode, "reason has 1 to 500 characters.");

    public static readonly Refusal InvalidNumbers = new(
        InvalidMessageCode,
        "Give messageIds (1 to 100 ids of this conversation), or markAllAsRead: true; one of the two."
    );

    public static readonly Refusal InvalidDeletion = new(
        InvalidMessageCode,
        "Give messageId, or deleteAll=true; one of the two."
    );

    public static readonly Refusal NotEditable = new(
        MessageNotEditableCode,
        "A message can be changed for 15 minutes, 20 times, and not after it was deleted."
    );

    public static readonly Refusal NotYours = new(NotYourMessageCode, "Only its author can change or delete it.");
}
