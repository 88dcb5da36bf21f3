using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Pets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Pets;

internal static class PetScenes
{
    public static IPetsGrain Pets(this IGrainEngine engine, string user) => engine.Grains.GetGrain<IPetsGrain>(user);

    public static async Task<PetView> MakePetAsync(
        this IGrainEngine engine,
        string user,
        string name = "Rex",
        PetMood mood = PetMood.Happy
    ) => (await engine.Pets(user).Create(new CreatePet(name, mood))).Value!;

    public static IConversationGrain ConversationWith(this IGrainEngine engine, PetView pet) =>
        engine.Grains.GetGrain<IConversationGrain>(ConversationId.WithPet(pet.Id, UserId.Parse(pet.UserId)).ToString());

    public static async Task<MessageView> SayAsync(
        this IGrainEngine engine,
        PetView pet,
        string text,
        MessageSender sender = MessageSender.User,
        int? xp = null,
        string? key = null
    )
    {
        var metadata = xp is null ? null : new MessageMetadata(null, xp);
        var sent = await engine.ConversationWith(pet).Send(new SendMessage(sender, text, null, metadata, key));
        Assert.Null(sent.Refusal);
        return sent.Value!;
    }

    /// <summary>What the pet has said by itself, oldest first, once there are so many.</summary>
    public static async Task<IReadOnlyList<MessageView>> RepliesAsync(
        this IGrainEngine engine,
        PetView pet,
        int count
    ) =>
        await engine.EventuallyAsync(
            async () => (IReadOnlyList<MessageView>)[.. await RepliesNowAsync(engine, pet)],
            found => found.Count == count
        );

    public static async Task<IEnumerable<MessageView>> RepliesNowAsync(this IGrainEngine engine, PetView pet)
    {
        var page = await engine.ConversationWith(pet).List(new ListMessages(Side.User, 100));
        return page.Value!.Messages.Where(static one => one.Automated == AutomatedKind.PetReply).Reverse();
    }
}
