using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.ApiHost.MoodMessages;

internal static class MoodMessageRoutes
{
    public static void MapMoodMessages(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<MoodMessageEndpoints>();
        routes.MapFeature<ModelFeedEndpoints>();
    }
}

internal sealed class MoodMessageEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/mood-message").WithTags("Mood messages").Switchable(Features.MoodMessages);
        MapSend(messages);
        messages
            .Get("/{messageId}/status", Status, MoodMessageJson.Default.MoodMessageResponse)
            .For(Roles.User | Roles.Model | Roles.Admin)
            .WithSummary("A mood message as it stands now: for its sender, whom it was delivered to, and admins")
            .Refuses(MoodMessageRefusals.MoodMessageNotFoundCode);
        messages
            .Get("/history", History, MoodMessageJson.Default.MoodMessageListResponse)
            .For(Roles.User | Roles.Model)
            .WithSummary("What the caller has sent, and what was delivered to the caller, newest first")
            .WithQuery("message_type", "Only public_micro, private_custom or escalation_auto.", typeof(string))
            .WithQuery("detected_mood", "Only this mood, or unknown.", typeof(string))
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .Paged()
            .Refuses(MoodMessageRefusals.InvalidMoodMessageQueryCode);
        messages
            .Patch("/{messageId}/read", Read, MoodMessageJson.Default.MoodMessageResponse)
            .For(Roles.User | Roles.Model)
            .WithSummary("Whom it is for has read it; its sender sees that at once")
            .Refuses(MoodMessageRefusals.MoodMessageNotFoundCode);
        messages
            .Delete("/{messageId}", TakeBack, MoodMessageJson.Default.MoodMessageResponse)
            .For(Roles.Model | Roles.Admin)
            .WithSummary("Takes a public message back: nobody is shown it any more")
            .Refuses(MoodMessageRefusals.MoodMessageNotFoundCode);
        messages
            .Get("/analytics", Analytics, MoodMessageJson.Default.MoodMessageAnalyticsResponse)
            .For(Roles.Admin)
            .WithSummary("How many mood messages were sent in a range of days, and how they stand now")
            .WithQuery("from", "First UTC day, yyyy-MM-dd; 30 days unless given, 366 at most.", typeof(DateOnly))
            .WithQuery("to", "Last UTC day, yyyy-MM-dd; today unless given.", typeof(DateOnly))
            .Refuses(CommonRefusals.InvalidDateRangeCode);
    }

    private void MapSend(IEndpointRouteBuilder messages) =>
        messages
            .Post(
                "/send",
                Send,
                MoodMessageJson.Default.SendMoodMessageRequest,
                MoodMessageJson.Default.MoodMessageResponse
            )
            .For(Roles.User | Roles.Model)
            .Creates()
            .WithSummary("Sends a mood message; it is delivered when the user's membership says, once")
            .WithExample(
                """{ "message_type": "private_custom", "model_id": "ana", "content": "I am so happy today!" }"""
            )
            .WhenMistyped("message_type", MoodMessageRefusals.InvalidType)
            .WhenMistyped("model_id", MoodMessageRefusals.InvalidAddressee)
            .WhenMistyped("user_id", MoodMessageRefusals.InvalidAddressee)
            .WhenMistyped("content", MoodMessageRefusals.InvalidContent)
            .WhenMistyped("template_id", MoodMessageRefusals.InvalidTemplate)
            .WhenMistyped("idempotency_key", LedgerRefusals.IdempotencyKeyRequired)
            .Refuses(
                MoodMessageRefusals.InvalidMoodMessageCode,
                ConversationRefusals.ConversationNotFoundCode,
                ConversationRefusals.ConversationBlockedCode,
                IdentityRefusals.ModelNotFoundCode,
                TemplateRefusals.TemplateNotFoundCode,
                TemplateRefusals.MissingVariableCode,
                TemplateRefusals.InvalidVariableCode,
                TemplateRefusals.MessageTooLongCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );

    private async ValueTask<Outcome<MoodMessageResponse>> Send(Call call, SendMoodMessageRequest body)
    {
        var command = CommandOf(call.Caller, body);
        var id = IdOf(call, body.IdempotencyKey);
        if ((command.Refusal ?? id.Refusal) is { } refusal)
        {
            return refusal;
        }
        var sent = await Message(id.Value!).Send(command.Value!);
        return sent.Map(view => call.Created(MoodMessageResponse.From(view) with { EstimatedDeliveryAt = view.Due }));
    }

    private async ValueTask<Outcome<MoodMessageResponse>> Status(Call call) =>
        MoodMessageIds.IsValid(call.Route("messageId"))
            ? (await Message(call.Route("messageId")!).Find(PersonOf(call))).Map(MoodMessageResponse.From)
            : MoodMessageRefusals.MoodMessageNotFound;

    private async ValueTask<Outcome<MoodMessageResponse>> Read(Call call) =>
        MoodMessageIds.IsValid(call.Route("messageId"))
            ? (await Message(call.Route("messageId")!).MarkRead(PersonOf(call))).Map(MoodMessageResponse.From)
            : MoodMessageRefusals.MoodMessageNotFound;

    private async ValueTask<Outcome<MoodMessageResponse>> TakeBack(Call call) =>
        MoodMessageIds.IsValid(call.Route("messageId"))
            ? (await Message(call.Route("messageId")!).TakeBack(PersonOf(call))).Map(MoodMessageResponse.From)
            : MoodMessageRefusals.MoodMessageNotFound;

    private async ValueTask<Outcome<MoodMessageListResponse>> History(Call call)
    {
        var page = call.Page();
        var type = call.Choice<MoodMessageType>("message_type", MoodMessageRefusals.InvalidQuery);
        var mood = call.Choice<MoodKind>("detected_mood", MoodMessageRefusals.InvalidQuery);
        var before = CursorOf(call, page.Value.Offset);
        if ((page.Refusal ?? type.Refusal ?? mood.Refusal ?? before.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = (page.Value.Limit, page.Value.Offset);
        var query = new ListMoodMessages(limit, offset, before.Value, type.Value, mood.Value);
        var found = await grains.GetGrain<IMoodMessageBoxGrain>(call.Caller.Id).List(query);
        var reader = PersonOf(call);
        var views = await Task.WhenAll(found.Ids.Select(id => Message(id).Find(reader)));
        var shown = views.Select(static view => view.Value).OfType<MoodMessageView>().Select(MoodMessageResponse.From);
        return new MoodMessageListResponse(
            await WithPseudonymsAsync([.. shown], call.Caller.Id),
            found.Total,
            limit,
            offset,
            found.Next is not null,
            found.Next?.ToString(CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Whoever was erased has a pseudonym, and the conversation with her is there no more.</summary>
    private async Task<IReadOnlyList<MoodMessageResponse>> WithPseudonymsAsync(
        IReadOnlyList<MoodMessageResponse> messages,
        string own
    )
    {
        var others = messages.SelectMany(static one => new[] { one.UserId ?? "", one.ModelId }).Where(id => id != own);
        var erased = await grains.FindErasedAsync(others);
        return erased.Count == 0
            ? messages
            :
            [
                .. messages.Select(one =>
                    erased.ContainsKey(one.UserId ?? "") || erased.ContainsKey(one.ModelId)
                        ? one with
                        {
                            UserId = one.UserId is { } user ? erased.Of(user) : null,
                            ModelId = erased.Of(one.ModelId),
                            ConversationId = null,
                        }
                        : one
                ),
            ];
    }

    private async ValueTask<Outcome<MoodMessageAnalyticsResponse>> Analytics(Call call)
    {
        if (!call.TryDay("from", out var from) || !call.TryDay("to", out var to))
        {
            return MoodMessageRefusals.InvalidDateRange;
        }
        var analytics = grains.GetGrain<IMoodMessageAnalyticsGrain>(IMoodMessageAnalyticsGrain.Key);
        return (await analytics.Report(from, to)).Map(MoodMessageAnalyticsResponse.Of);
    }

    /// <summary>Everybody sends as herself; one's own id may be named, and nobody else's in its place.</summary>
    private static Outcome<SendMoodMessage> CommandOf(Caller caller, SendMoodMessageRequest body) =>
        body.MessageType is not { } type ? MoodMessageRefusals.InvalidType
        : caller.Role == ActorRole.Model ? OfModel(caller.Id, type, body)
        : OfUser(caller.Id, type, body);

    private static Outcome<SendMoodMessage> OfUser(string own, MoodMessageType type, SendMoodMessageRequest body)
    {
        if (body.ModelId is null || (body.UserId ?? own) != own)
        {
            return MoodMessageRefusals.InvalidAddressee;
        }
        return ModelId.TryParse(body.ModelId, out var model)
            ? new SendMoodMessage(MoodMessageSender.User, type, model, UserId.Parse(own), body.Content, body.TemplateId)
            : IdentityRefusals.ModelNotFound;
    }

    private static Outcome<SendMoodMessage> OfModel(string own, MoodMessageType type, SendMoodMessageRequest body)
    {
        if ((body.ModelId ?? own) != own)
        {
            return MoodMessageRefusals.InvalidAddressee;
        }
        UserId? peer = UserId.TryParse(body.UserId, out var user) ? user : null;
        return peer is null && body.UserId is not null
            ? ConversationRefusals.ConversationNotFound
            : new SendMoodMessage(
                MoodMessageSender.Model,
                type,
                ModelId.Parse(own),
                peer,
                body.Content,
                body.TemplateId
            );
    }

    /// <summary>Nobody has to name a message; who does may send it again.</summary>
    private static Outcome<string> IdOf(Call call, string? keyInBody)
    {
        if (keyInBody is null && !call.Http.Request.Headers.ContainsKey(Call.IdempotencyHeader))
        {
            return MoodMessageIds.New();
        }
        var sender = call.Caller.Role == ActorRole.Model ? MoodMessageSender.Model : MoodMessageSender.User;
        return call.IdempotencyKey(keyInBody).Map(key => MoodMessageIds.Of(sender, call.Caller.Id, key.Value));
    }

    /// <summary>Null for the newest; a cursor goes without an offset, which is bounded.</summary>
    private static Outcome<long?> CursorOf(Call call, int offset)
    {
        var given = call.Http.Request.Query["cursor"];
        if (given.Count == 0)
        {
            return offset <= ListMoodMessages.MaxOffset ? (long?)null : MoodMessageRefusals.InvalidQuery;
        }
        return
            given.Count == 1
            && offset == 0
            && long.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            ? before
            : MoodMessageRefusals.InvalidQuery;
    }

    private static Actor PersonOf(Call call) => new(call.Caller.Role, call.Caller.Id);

    private IMoodMessageGrain Message(string id) => grains.GetGrain<IMoodMessageGrain>(id);
}
