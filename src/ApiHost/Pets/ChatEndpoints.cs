using Actors.ApiHost.Auth;
using Actors.ApiHost.Conversations;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;

namespace Actors.ApiHost.Pets;

/// <summary>What a user says to a pet of hers and it to her, under the one path of 004; who deletes or reads sees it as the user.</summary>
internal sealed class ChatEndpoints(IGrainFactory grains) : IEndpoints
{
    private static readonly Refusal NotYours = new(
        CommonRefusals.ForbiddenCode,
        "userId is the caller's own id, or absent: nobody sees what others say to their pets."
    );

    private static readonly Refusal InvalidSender = new(
        ConversationRefusals.InvalidMessageCode,
        "sender is one of user, pet, system."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var chats = routes.MapGroup("/api/chats").WithTags("Pets").For(Roles.User).Switchable(Features.Pets);
        chats
            .Get("", List, ConversationJson.Default.MessageListResponse)
            .WithSummary("What was said with a pet, newest first")
            .NamesPet()
            .ListsMessages();
        chats
            .Post("", Save, PetJson.Default.SaveChatRequest, ConversationJson.Default.MessageResponse)
            .WithSummary("Saves a message to a pet, which answers by itself, or one in its name")
            .WithExample("""{ "petId": "0123456789abcdef0123", "sender": "user", "content": "Good boy!" }""")
            .WhenMistyped("sender", InvalidSender)
            .WhenMistyped("petId", PetRefusals.PetNotFound)
            .WhenMistyped("userId", NotYours)
            .WhenMistyped("replyTo", ConversationRefusals.InvalidReply)
            .TakesMessage()
            .Refuses(PetRefusals.PetNotFoundCode);
        chats
            .Put("", MarkRead, PetJson.Default.MarkChatsRequest, ConversationJson.Default.UpdatedResponse)
            .WithSummary("Marks what a pet has said as read, some or all")
            .WithExample("""{ "petId": "0123456789abcdef0123", "markAllAsRead": true }""")
            .WhenMistyped("petId", PetRefusals.PetNotFound)
            .WhenMistyped("userId", NotYours)
            .WhenMistyped("messageIds", ConversationRefusals.InvalidNumbers)
            .WhenMistyped("markAllAsRead", ConversationRefusals.InvalidNumbers)
            .Refuses(ConversationRefusals.InvalidMessageCode, PetRefusals.PetNotFoundCode);
        chats
            .Delete("", Delete, ConversationJson.Default.DeletedResponse)
            .WithSummary("Deletes a message, whoever has said it, or everything so far")
            .NamesPet()
            .WithQuery("messageId", "The message.", typeof(string))
            .WithQuery("deleteAll", "Everything so far that was said with petId.", typeof(bool), false)
            .Refuses(
                ConversationRefusals.InvalidMessageCode,
                ConversationRefusals.MessageNotFoundCode,
                PetRefusals.PetNotFoundCode
            );
    }

    private ValueTask<Outcome<MessageListResponse>> List(Call call) =>
        In(call, call.Query("userId"), call.Query("petId"), messageId: null, one => one.ListAsync(call));

    private ValueTask<Outcome<MessageResponse>> Save(Call call, SaveChatRequest body)
    {
        MessageSender? sender = body.Sender switch
        {
            ChatSender.User => MessageSender.User,
            ChatSender.Pet => MessageSender.Pet,
            ChatSender.System => MessageSender.System,
            _ => null,
        };
        return sender is not { } known
            ? new(InvalidSender)
            : In(
                call,
                body.UserId,
                body.PetId,
                messageId: null,
                one => one.SendAsync(call, known, body.Content, body.ReplyTo, body.Metadata)
            );
    }

    private ValueTask<Outcome<UpdatedResponse>> MarkRead(Call call, MarkChatsRequest body) =>
        In(
            call,
            body.UserId,
            body.PetId,
            body.MessageIds is [var first, ..] ? first : null,
            one => one.MarkReadAsync(body.MessageIds, body.MarkAllAsRead)
        );

    private ValueTask<Outcome<DeletedResponse>> Delete(Call call)
    {
        var messageId = call.Query("messageId");
        return In(
            call,
            call.Query("userId"),
            call.Query("petId"),
            messageId,
            one => one.DeleteAsync(messageId, call.Query("deleteAll") == "true")
        );
    }

    /// <summary>Does something in the caller's conversation with a pet of hers.</summary>
    /// <param name="petId">Null when it is the one that the message was said with.</param>
    private async ValueTask<Outcome<T>> In<T>(
        Call call,
        string? userId,
        string? petId,
        string? messageId,
        Func<MessageVerbs, Task<Outcome<T>>> act
    )
    {
        var own = call.Caller.Id;
        if ((userId ?? own) != own)
        {
            return NotYours;
        }
        var named = petId ?? (MessageId.TryParse(messageId, out var message) ? message.Conversation.PeerId : null);
        // Asked each time: what was said with a pet that is gone is being erased.
        return Identifier.IsValid(named) && await grains.GetGrain<IPetsGrain>(own).Find(named!) is not null
            ? await act(new MessageVerbs(grains, ConversationId.WithPet(named!, UserId.Parse(own)), Side.User))
            : PetRefusals.PetNotFound;
    }
}

internal static class ChatQueries
{
    /// <summary>What says whose conversation with which pet is meant.</summary>
    public static IEndpointConventionBuilder NamesPet(this IEndpointConventionBuilder route) =>
        route
            .WithQuery("userId", "The caller's own id, which it is unless given.", typeof(string))
            .WithQuery("petId", "The pet.", typeof(string))
            .Refuses(PetRefusals.PetNotFoundCode);
}
