using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.TestKit;

namespace Actors.Grains.Tests.MoodMessages;

/// <summary>People who write to each other, and what they write.</summary>
internal static class Letters
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    public static IMoodMessageGrain Message(this IGrainEngine engine, string id) =>
        engine.Grains.GetGrain<IMoodMessageGrain>(id);

    public static IMoodMessageGrain Message(this IGrainEngine engine, string sender, string key) =>
        engine.Message(IdOf(sender, key));

    public static string IdOf(string sender, string key) => MoodMessageIds.Of(MoodMessageSender.User, sender, key);

    public static SendMoodMessage FromUser(string model, string user, string text) =>
        new(MoodMessageSender.User, MoodMessageType.PrivateCustom, ModelId.Parse(model), UserId.Parse(user), text);

    public static SendMoodMessage FromModel(string model, string user, string text) =>
        FromUser(model, user, text) with
        {
            Sender = MoodMessageSender.Model,
        };

    public static Actor User(string id) => new(ActorRole.User, id);

    public static Actor Model(string id) => new(ActorRole.Model, id);

    public static async Task MeetAsync(this IGrainEngine engine, string model, string user, Membership membership)
    {
        await engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, model));
        await engine.Grains.GetGrain<IUserProfileGrain>(user).Set(new SetUserProfile(Root, Membership: membership));
    }

    public static IConversationGrain Conversation(this IGrainEngine engine, string model, string user) =>
        engine.Grains.GetGrain<IConversationGrain>(
            ConversationId.WithModel(ModelId.Parse(model), UserId.Parse(user)).ToString()
        );

    /// <summary>What is in the conversation but what goes out by itself.</summary>
    public static async Task<IReadOnlyList<MessageView>> SaidAsync(this IGrainEngine engine, string model, string user)
    {
        var page = await engine.Conversation(model, user).List(new ListMessages(Side.User, 100));
        return [.. page.Value!.Messages.Where(static one => one.Automated is null)];
    }

    public static Task<MoodMessageView> UntilAsync(this IGrainEngine engine, string id, MoodMessageStatus status) =>
        engine.EventuallyAsync(
            async () => (await engine.Message(id).Find(Root)).Value!,
            message => message.Status == status
        );

    /// <summary>Delivered, or read since.</summary>
    public static Task<MoodMessageView> UntilSettledAsync(this IGrainEngine engine, string id) =>
        engine.EventuallyAsync(
            async () => (await engine.Message(id).Find(Root)).Value!,
            static message => message.Status is MoodMessageStatus.Delivered or MoodMessageStatus.Read
        );
}
