using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Conversations;

internal static class ConversationRoutes
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<ConversationEndpoints>();
        routes.MapFeature<AttachmentEndpoints>();
    }

    public static Side Side(this Call call) =>
        call.Caller.Role == ActorRole.User
            ? GrainInterfaces.Conversations.Side.User
            : GrainInterfaces.Conversations.Side.Peer;

    /// <summary>The caller's conversation with whom the path names.</summary>
    public static Outcome<ConversationId> Conversation(this Call call)
    {
        var (own, peer) = (call.Caller.Id, call.Route("peerId"));
        if (call.Caller.Role == ActorRole.User)
        {
            return ModelId.TryParse(peer, out var model)
                ? ConversationId.WithModel(model, UserId.Parse(own))
                : IdentityRefusals.ModelNotFound;
        }
        return UserId.TryParse(peer, out var user)
            ? ConversationId.WithModel(ModelId.Parse(own), user)
            : ConversationRefusals.ConversationNotFound;
    }

    /// <summary>What lists of messages take.</summary>
    public static IEndpointConventionBuilder ListsMessages(this IEndpointConventionBuilder route) =>
        route
            .Paged(MessageVerbs.DefaultLimit)
            .WithQuery("unreadOnly", "Only what the caller has not read.", typeof(bool), false)
            .WithQuery("before", "The id of a message: only older ones.", typeof(string))
            .WithQuery("search", "Only messages that contain this, 2 to 100 characters.", typeof(string))
            .Refuses(ConversationRefusals.InvalidMessageCode, ConversationRefusals.ConversationNotFoundCode);

    /// <summary>What every new message may be refused for.</summary>
    public static IEndpointConventionBuilder TakesMessage(this IEndpointConventionBuilder route) =>
        route
            .Creates()
            .WhenMistyped("content", ConversationRefusals.InvalidContent)
            .WhenMistyped("metadata", ConversationRefusals.InvalidMetadata)
            .WhenMistyped("metadata.mood", ConversationRefusals.InvalidMetadata)
            .WhenMistyped("metadata.xpGained", ConversationRefusals.InvalidMetadata)
            .Refuses(
                ConversationRefusals.InvalidMessageCode,
                ConversationRefusals.ConversationBlockedCode,
                ConversationRefusals.ConversationNotFoundCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
}

/// <summary>A user's conversations with models, and a model's with users; <c>peerId</c> is the other side.</summary>
internal sealed class ConversationEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var conversations = routes
            .MapGroup("/api/v1/conversations")
            .WithTags("Conversations")
            .For(Roles.User | Roles.Model)
            .Switchable(Features.Conversations);
        conversations
            .Get("", List, ConversationJson.Default.ConversationListResponse)
            .WithSummary("The caller's conversations with the last message of each, newest first")
            .Paged();
        MapMessages(conversations);
        MapSafety(conversations);
        conversations
            .Post("/{peerId}/typing", Type)
            .WithSummary(
                "The caller is writing; the other side's live connections show it for some seconds, and nothing is kept"
            )
            .Refuses(
                ConversationRefusals.ConversationNotFoundCode,
                ConversationRefusals.ConversationBlockedCode,
                IdentityRefusals.ModelNotFoundCode
            );
        routes
            .MapGroup("/api/v1/admin/conversations")
            .WithTags("Conversations")
            .For(Roles.Admin)
            .Switchable(Features.Conversations)
            .Get("/reports", Reports, ConversationJson.Default.ReportListResponse)
            .WithSummary("What people have reported, newest first")
            .Paged();
    }

    private void MapMessages(RouteGroupBuilder conversations)
    {
        conversations
            .Get("/{peerId}/messages", Messages, ConversationJson.Default.MessageListResponse)
            .WithSummary("Messages of a conversation, newest first")
            .ListsMessages();
        conversations
            .Post(
                "/{peerId}/messages",
                Send,
                ConversationJson.Default.SendMessageRequest,
                ConversationJson.Default.MessageResponse
            )
            .WithSummary("Sends a message; with a header Idempotency-Key it can be sent again and is there once")
            .WithExample("""{ "content": "Hello!" }""")
            .WhenMistyped("replyTo", ConversationRefusals.InvalidReply)
            .WhenMistyped("attachments", ConversationRefusals.InvalidAttachments)
            .TakesMessage()
            .Refuses(IdentityRefusals.ModelNotFoundCode, AttachmentRefusals.AttachmentNotFoundCode);
        conversations
            .Patch(
                "/{peerId}/messages/{messageId}",
                Edit,
                ConversationJson.Default.EditMessageRequest,
                ConversationJson.Default.MessageResponse
            )
            .WithSummary("Changes an own message within 15 minutes; it shows that it was changed")
            .WithExample("""{ "content": "Hello you!" }""")
            .WhenMistyped("content", ConversationRefusals.InvalidContent)
            .Refuses(
                ConversationRefusals.InvalidMessageCode,
                ConversationRefusals.MessageNotFoundCode,
                ConversationRefusals.MessageNotEditableCode,
                ConversationRefusals.NotYourMessageCode,
                ConversationRefusals.ConversationBlockedCode
            );
        conversations
            .Put(
                "/{peerId}/messages",
                MarkRead,
                ConversationJson.Default.MarkMessagesRequest,
                ConversationJson.Default.UpdatedResponse
            )
            .WithSummary("Marks messages as read, some or all; the other side sees it")
            .WithExample("""{ "markAllAsRead": true }""")
            .WhenMistyped("messageIds", ConversationRefusals.InvalidNumbers)
            .WhenMistyped("markAllAsRead", ConversationRefusals.InvalidNumbers)
            .Refuses(ConversationRefusals.InvalidMessageCode);
        conversations
            .Delete("/{peerId}/messages", Delete, ConversationJson.Default.DeletedResponse)
            .WithSummary("Takes an own message back for both sides, or the whole history out of the own sight")
            .WithQuery("messageId", "The message.", typeof(string))
            .WithQuery("deleteAll", "Everything so far, for the caller only.", typeof(bool), false)
            .Refuses(
                ConversationRefusals.InvalidMessageCode,
                ConversationRefusals.MessageNotFoundCode,
                ConversationRefusals.NotYourMessageCode
            );
    }

    private void MapSafety(RouteGroupBuilder conversations)
    {
        conversations
            .Post("/{peerId}/block", Block, ConversationJson.Default.BlockedResponse)
            .WithSummary("From now on neither side can send, until the caller takes it back")
            .Refuses(ConversationRefusals.ConversationNotFoundCode, IdentityRefusals.ModelNotFoundCode);
        conversations
            .Delete("/{peerId}/block", Unblock, ConversationJson.Default.BlockedResponse)
            .WithSummary("Takes the caller's block back")
            .Refuses(ConversationRefusals.ConversationNotFoundCode, IdentityRefusals.ModelNotFoundCode);
        conversations
            .Post(
                "/{peerId}/report",
                Report,
                ConversationJson.Default.ReportRequest,
                ConversationJson.Default.ReportedResponse
            )
            .WithSummary("Tells the admins of a message, or of the conversation; they see the message")
            .WithExample("""{ "reason": "Asks for money outside of the platform" }""")
            .WhenMistyped("reason", ConversationRefusals.InvalidReport)
            .WhenMistyped("messageId", ConversationRefusals.MessageNotFound)
            .Refuses(
                ConversationRefusals.InvalidMessageCode,
                ConversationRefusals.MessageNotFoundCode,
                ConversationRefusals.ConversationNotFoundCode
            );
    }

    private async ValueTask<Outcome<ConversationListResponse>> List(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var side = call.Side();
        var found = await grains.GetGrain<IConversationListGrain>(call.Caller.Id).List(limit, offset);
        var summaries = await Task.WhenAll(found.Conversations.Select(id => ConversationOf(id).Summarize(side)));
        var shown = await Task.WhenAll(
            summaries.OfType<ConversationSummary>().Select(summary => ShowAsync(summary, side))
        );
        return new ConversationListResponse(shown, found.Total, limit, offset);
    }

    private async Task<ConversationResponse> ShowAsync(ConversationSummary summary, Side side)
    {
        var peer = side == Side.User ? summary.Id.PeerId : summary.Id.UserId;
        var isSeen = summary is { IsOpen: true, Id.Kind: PeerKind.Model };
        return ConversationResponse.From(summary, side, isSeen && await IsOnlineAsync(peer));
    }

    /// <summary>The list is worth more than to know who is there.</summary>
    private async Task<bool> IsOnlineAsync(string person)
    {
        try
        {
            return await grains.GetGrain<IPresenceGrain>(person).IsOnline();
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return false;
        }
    }

    private ValueTask<Outcome<MessageListResponse>> Messages(Call call) => In(call, one => one.ListAsync(call));

    private ValueTask<Outcome<MessageResponse>> Send(Call call, SendMessageRequest body)
    {
        var sender = call.Side() == Side.User ? MessageSender.User : MessageSender.Model;
        return In(
            call,
            one => one.SendAsync(call, sender, body.Content, body.ReplyTo, body.Metadata, body.Attachments)
        );
    }

    private ValueTask<Outcome<MessageResponse>> Edit(Call call, EditMessageRequest body) =>
        In(call, one => one.EditAsync(call.Route("messageId"), body.Content));

    private ValueTask<Outcome<UpdatedResponse>> MarkRead(Call call, MarkMessagesRequest body) =>
        In(call, one => one.MarkReadAsync(body.MessageIds, body.MarkAllAsRead));

    private ValueTask<Outcome<DeletedResponse>> Delete(Call call) =>
        In(call, one => one.DeleteAsync(call.Query("messageId"), call.Query("deleteAll") == "true"));

    private ValueTask<Outcome<BlockedResponse>> Block(Call call) => In(call, static one => one.SetBlockedAsync(true));

    private ValueTask<Outcome<BlockedResponse>> Unblock(Call call) =>
        In(call, static one => one.SetBlockedAsync(false));

    private ValueTask<Outcome<Done>> Type(Call call) => In(call, static one => one.TypeAsync());

    private ValueTask<Outcome<ReportedResponse>> Report(Call call, ReportRequest body) =>
        In(call, one => one.ReportAsync(body));

    private async ValueTask<Outcome<ReportListResponse>> Reports(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var found = await grains
            .GetGrain<IConversationReportsGrain>(IConversationReportsGrain.OnlyKey)
            .List(limit, offset);
        var reports = await Task.WhenAll(found.Reports.Select(ShowAsync));
        return new ReportListResponse(reports, found.Total, limit, offset);
    }

    private async Task<ReportResponse> ShowAsync(ConversationReport report)
    {
        var id = report.Conversation;
        if (report.Heard is { } heard)
        {
            // Nobody has shown the admins what it says.
            return new ReportResponse(
                id.UserId,
                id.PeerId,
                "system",
                report.Number is { } newest ? new MessageId(id, newest).ToString() : null,
                null,
                $"The user's last messages sound {StrictEnumConverter<MoodKind>.NameOf(heard)}.",
                report.At
            );
        }
        var message = report.Number is { } number ? await ConversationOf(id).Find(report.By, [number]) : [];
        return new ReportResponse(
            id.UserId,
            id.PeerId,
            report.By == Side.User ? id.UserId : id.PeerId,
            report.Number is { } reported ? new MessageId(id, reported).ToString() : null,
            message is [var shown] ? shown.Content : null,
            report.Reason,
            report.At
        );
    }

    private IConversationGrain ConversationOf(ConversationId id) => grains.GetGrain<IConversationGrain>(id.ToString());

    /// <summary>Does something in the conversation that the path names, on the caller's side of it.</summary>
    private async ValueTask<Outcome<T>> In<T>(Call call, Func<MessageVerbs, Task<Outcome<T>>> act)
    {
        var found = call.Conversation();
        return found.Refusal is { } refusal ? refusal : await act(new MessageVerbs(grains, found.Value, call.Side()));
    }
}
