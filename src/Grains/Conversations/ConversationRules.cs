using System.Collections.Immutable;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.ContentPolicy;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Sealing;
using Actors.Grains.Texts;

namespace Actors.Grains.Conversations;

/// <summary>Everything that is decided about a conversation. Pure: knows no grain, no clock, no storage.</summary>
public static class ConversationRules
{
    public const int MaxEdits = 20;
    public const int MaxNumbers = 100;

    private const int MaxMoodLength = 32;
    private const int MaxXp = 1_000;

    /// <param name="claimed">The files that it names; null for none.</param>
    /// <param name="answersItself">Whether the other side may have an answer to it without typing one.</param>
    /// <param name="hear">Listens to a user's text, after so many that sounded distressed; null where nobody does.</param>
    public static Outcome<MessageSent> Decide(
        Conversation conversation,
        ConversationId id,
        SendMessage command,
        SealingKey key,
        ProhibitedContent prohibited,
        DateTimeOffset now,
        ClaimedFiles? claimed = null,
        bool answersItself = true,
        Func<string, int, HeardText>? hear = null
    )
    {
        var content = ConversationText.ReadContent(command.Content);
        var refusal =
            (conversation.IsErased ? ConversationRefusals.ConversationNotFound : null)
            ?? (claimed is not null && IsNothing(content) ? null : RefuseContent(content, prohibited))
            ?? RefuseFiles(conversation, claimed, now)
            ?? RefuseMetadata(command.Metadata)
            ?? (conversation.IsBlocked ? ConversationRefusals.ConversationBlocked : null)
            ?? RefuseReply(conversation, command);
        if (refusal is not null)
        {
            return refusal;
        }
        var number = conversation.Total + 1;
        var byUser = command.Sender == MessageSender.User;
        var text = content.Kept ?? "";
        var heard = byUser && id.Kind == PeerKind.Model ? hear?.Invoke(text, conversation.Distressed) : null;
        return new MessageSent(
            now,
            number,
            command.Sender,
            key.SealMessage(text, number),
            command.ReplyTo,
            command.Metadata,
            command.Key,
            Answers: byUser ? OwedRules.Answered(conversation.Owed, now) : null,
            ReadAtOnce: TrueOrAbsent(byUser && id.Kind == PeerKind.Pet),
            OwesGreeting: TrueOrAbsent(byUser && id.Kind == PeerKind.Model && conversation.Total == 0),
            OwesReply: TrueOrAbsent(byUser && answersItself),
            IsActivity: TrueOrAbsent(byUser && IsNewlyActive(conversation, now)),
            AnswersReplyOf: byUser ? OwedRules.AnsweredReply(conversation.Owed, now) : null,
            Files: claimed?.Files,
            IsToHear: TrueOrAbsent(heard?.IsToHear == true),
            Distress: heard?.Distress
        );
    }

    /// <summary>A message that nobody typed and that is owed.</summary>
    /// <param name="replyTo">The newest message that it answers; null when it answers none in particular.</param>
    public static MessageSent DecideAutomated(
        Conversation conversation,
        MessageSender sender,
        string text,
        AutomatedMessage auto,
        SealingKey key,
        DateTimeOffset now,
        long? replyTo = null
    )
    {
        var number = conversation.Total + 1;
        return new MessageSent(now, number, sender, key.SealMessage(text, number), replyTo, null, null, auto);
    }

    /// <param name="sent">The message as it was sent.</param>
    public static Outcome<MessageEdited> Decide(
        Conversation conversation,
        MessageSent sent,
        EditMessage command,
        SealingKey key,
        ProhibitedContent prohibited,
        DateTimeOffset now
    )
    {
        var content = ConversationText.ReadContent(command.Content);
        var edit = conversation.Marks.GetValueOrDefault(command.Number, MessageMark.None).Edits + 1;
        var refusal =
            RefuseAuthor(sent, command.Side)
            ?? RefuseContent(content, prohibited)
            ?? (conversation.IsBlocked ? ConversationRefusals.ConversationBlocked : null);
        if (refusal is not null)
        {
            return refusal;
        }
        var isOver = now - sent.At > IConversationGrain.EditableFor || edit > MaxEdits || sent.Auto is not null;
        return isOver || conversation.IsDeleted(command.Number)
            ? ConversationRefusals.NotEditable
            : new MessageEdited(
                now,
                command.Number,
                edit,
                command.Side,
                key.SealMessage(content.Kept!, command.Number, edit)
            );
    }

    /// <summary>Null when it is deleted already. A pet's owner may delete what the pet has said, too.</summary>
    public static Outcome<MessageDeleted?> DecideDeletion(
        Conversation conversation,
        ConversationId id,
        MessageSent sent,
        Side by,
        DateTimeOffset now
    ) =>
        id.Kind == PeerKind.Model && RefuseAuthor(sent, by) is { } refusal ? refusal
        : conversation.IsDeleted(sent.Number) ? (MessageDeleted?)null
        : new MessageDeleted(now, sent.Number, by, DroppedBy(sent));

    /// <summary>Null when there is nothing that the side could still see.</summary>
    public static HistoryCleared? DecideClearing(Conversation conversation, Side by, DateTimeOffset now) =>
        conversation.Of(by).ClearedUpTo == conversation.Total ? null : new HistoryCleared(now, by, conversation.Total);

    /// <summary>Null when all of them are read already.</summary>
    public static Outcome<MessagesRead?> Decide(Conversation conversation, MarkMessagesRead command, DateTimeOffset now)
    {
        var unread = conversation.Of(command.Side).Unread;
        if (command.Numbers is null)
        {
            return unread.IsEmpty ? (MessagesRead?)null : new MessagesRead(now, command.Side, [], conversation.Total);
        }
        if (command.Numbers.Count is 0 or > MaxNumbers)
        {
            return ConversationRefusals.InvalidNumbers;
        }
        ImmutableArray<long> numbers = [.. command.Numbers.Where(unread.Contains).Distinct().Order()];
        return numbers.IsEmpty ? (MessagesRead?)null : new MessagesRead(now, command.Side, numbers, UpTo: numbers[^1]);
    }

    /// <summary>Null when it is so already.</summary>
    public static BlockSet? Decide(Conversation conversation, SetBlocked command, DateTimeOffset now) =>
        conversation.Of(command.Side).Blocked == command.Blocked
            ? null
            : new BlockSet(now, command.Side, command.Blocked);

    public static Outcome<ConversationReported> Decide(
        Conversation conversation,
        ReportConversation command,
        SealingKey key,
        DateTimeOffset now
    )
    {
        var reason = ConversationText.ReadReason(command.Reason).Kept;
        if (command.Number is { } number && !IsThere(conversation, number))
        {
            return ConversationRefusals.MessageNotFound;
        }
        var report = conversation.Reports + 1;
        return reason is null
            ? ConversationRefusals.InvalidReport
            : new ConversationReported(now, report, command.Side, command.Number, key.SealReason(reason, report));
    }

    /// <summary>Whether a command under the key of a message asks for that message, and not for another one.</summary>
    public static bool IsRepeated(MessageSent sent, SendMessage command, SealingKey key) =>
        sent.Key == command.Key
        && sent.Sender == command.Sender
        && sent.ReplyTo == command.ReplyTo
        && sent.Metadata == command.Metadata
        && IdsOf(sent).SequenceEqual(command.Attachments ?? [])
        && key.OpenMessage(sent.Text, sent.Number) == (ConversationText.ReadContent(command.Content).Kept ?? "");

    /// <summary>Before anybody is asked for the files.</summary>
    public static Refusal? RefuseNames(IReadOnlyList<AttachmentId>? attachments) =>
        attachments?.Count > IConversationGrain.MaxAttachments || attachments?.Distinct().Count() != attachments?.Count
            ? ConversationRefusals.InvalidAttachments
            : null;

    public static bool IsThere(Conversation conversation, long number) => number >= 1 && number <= conversation.Total;

    /// <summary>However much is written, an hour is one activity; a clock that goes back makes no second one of it.</summary>
    private static bool IsNewlyActive(Conversation conversation, DateTimeOffset now) =>
        conversation.ActiveHour is not { } hour || ConversationFold.HourOf(now) > hour;

    private static Refusal? RefuseContent(PlainText content, ProhibitedContent prohibited) =>
        content.Kept is not { } text ? ConversationRefusals.InvalidContent
        : prohibited.IsIn(text) ? ConversationRefusals.ProhibitedContent
        : null;

    private static bool IsNothing(PlainText content) => content is { Kept: null, IsTooLong: false };

    private static Refusal? RefuseFiles(Conversation conversation, ClaimedFiles? claimed, DateTimeOffset now) =>
        claimed is null || (now < claimed.Until && !claimed.Files.Any(file => conversation.Files.ContainsKey(file.Id)))
            ? null
            : AttachmentRefusals.NotYoursToSend;

    private static DroppedFiles? DroppedBy(MessageSent sent) =>
        sent.Files is null ? null : new(ConversationFold.SideOf(sent.Sender), [.. IdsOf(sent)]);

    private static IEnumerable<AttachmentId> IdsOf(MessageSent sent) =>
        (sent.Files ?? []).Select(static file => file.Id);

    private static bool? TrueOrAbsent(bool condition) => condition ? true : null;

    private static Refusal? RefuseMetadata(MessageMetadata? metadata) =>
        // A name and no text: it is not sealed.
        (metadata?.Mood is { } mood && !(Identifier.IsValid(mood) && mood.Length <= MaxMoodLength))
        || metadata?.XpGained is < 0 or > MaxXp
            ? ConversationRefusals.InvalidMetadata
            : null;

    private static Refusal? RefuseReply(Conversation conversation, SendMessage command) =>
        command.ReplyTo is { } number && (!IsThere(conversation, number) || conversation.IsDeleted(number))
            ? ConversationRefusals.InvalidReply
            : null;

    private static Refusal? RefuseAuthor(MessageSent sent, Side side) =>
        ConversationFold.SideOf(sent.Sender) == side ? null : ConversationRefusals.NotYours;
}
