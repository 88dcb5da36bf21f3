using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Conversations;

/// <summary>What can be done with the messages of one conversation by one of its sides, under whichever path.</summary>
internal sealed class MessageVerbs(IGrainFactory grains, ConversationId id, Side side)
{
    public const int DefaultLimit = 50;

    private IConversationGrain Conversation => grains.GetGrain<IConversationGrain>(id.ToString());

    public async Task<Outcome<MessageListResponse>> ListAsync(Call call)
    {
        var page = call.Page(DefaultLimit);
        var before = NumberOf(call.Query("before"));
        if ((page.Refusal ?? before.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var query = new ListMessages(
            side,
            limit,
            offset,
            before.Value,
            call.Query("unreadOnly") == "true",
            call.Query("search")
        );
        return (await Conversation.List(query)).Map(found => new MessageListResponse(
            [.. found.Messages.Select(MessageResponse.From)],
            found.Total,
            found.Next is not null,
            found.Next is { } next ? new MessageId(id, next).ToString() : null,
            limit,
            offset
        ));
    }

    public async Task<Outcome<MessageResponse>> SendAsync(
        Call call,
        MessageSender sender,
        string? content,
        string? replyTo,
        MetadataContract? metadata,
        IReadOnlyList<string>? attachments = null
    )
    {
        var answered = NumberOf(replyTo);
        var key = call.OptionalKey();
        var files = FilesOf(attachments);
        if ((answered.Refusal ?? key.Refusal ?? files.Refusal) is { } refusal)
        {
            return refusal;
        }
        var command = new SendMessage(
            sender,
            content ?? "",
            answered.Value,
            metadata is null ? null : new MessageMetadata(metadata.Mood, metadata.XpGained),
            key.Value,
            files.Value is { Count: > 0 } some ? some : null
        );
        return (await Conversation.Send(command)).Map(sent => call.Created(MessageResponse.From(sent)));
    }

    public async Task<Outcome<MessageResponse>> EditAsync(string? messageId, string? content)
    {
        var number = NumberOf(messageId);
        return number is { Refusal: null, Value: { } edited }
            ? (await Conversation.Edit(new EditMessage(side, edited, content ?? ""))).Map(MessageResponse.From)
            : ConversationRefusals.MessageNotFound;
    }

    public async Task<Outcome<UpdatedResponse>> MarkReadAsync(IReadOnlyList<string>? messageIds, bool? all)
    {
        if (all == true == messageIds is not null)
        {
            return ConversationRefusals.InvalidNumbers;
        }
        var numbers = messageIds?.Select(NumberOf).ToArray();
        if (numbers?.Any(static number => number.Value is null) == true)
        {
            return ConversationRefusals.InvalidNumbers;
        }
        var command = new MarkMessagesRead(side, numbers?.Select(static number => number.Value!.Value).ToArray());
        return (await Conversation.MarkRead(command)).Map(static marked => new UpdatedResponse(marked.Count));
    }

    public async Task<Outcome<DeletedResponse>> DeleteAsync(string? messageId, bool all)
    {
        var number = NumberOf(messageId);
        if (number.Refusal is not null)
        {
            return ConversationRefusals.MessageNotFound;
        }
        if (all == number.Value is not null)
        {
            return ConversationRefusals.InvalidDeletion;
        }
        var deleted = await Conversation.Delete(new DeleteMessages(side, number.Value));
        return deleted.Map(static one => new DeletedResponse(one.Count));
    }

    public Task<Outcome<Done>> TypeAsync() => Conversation.Type(side);

    public async Task<Outcome<BlockedResponse>> SetBlockedAsync(bool blocked) =>
        (await Conversation.SetBlocked(new SetBlocked(side, blocked))).Map(_ => new BlockedResponse(blocked));

    public async Task<Outcome<ReportedResponse>> ReportAsync(ReportRequest body)
    {
        var number = NumberOf(body.MessageId);
        return number.Refusal is not null
            ? ConversationRefusals.MessageNotFound
            : (await Conversation.Report(new ReportConversation(side, number.Value, body.Reason ?? ""))).Map(
                static _ => new ReportedResponse(true)
            );
    }

    /// <summary>A message of this conversation; null when none is named.</summary>
    private Outcome<long?> NumberOf(string? messageId) =>
        messageId is null ? (long?)null
        : MessageId.TryParse(messageId, out var message) && message.Conversation == id ? message.Number
        : ConversationRefusals.InvalidReply;

    /// <summary>An id that cannot exist is a file that does not.</summary>
    private static Outcome<List<AttachmentId>> FilesOf(IReadOnlyList<string>? attachments)
    {
        var ids = new List<AttachmentId>();
        foreach (var text in attachments ?? [])
        {
            if (!AttachmentId.TryParse(text, out var id))
            {
                return AttachmentRefusals.NotYoursToSend;
            }
            ids.Add(id);
        }
        return ids;
    }
}
