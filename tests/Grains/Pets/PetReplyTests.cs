using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Pets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Pets;

[Trait("Spec", "PE-2")]
public sealed class PetReplyTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_pet_answers_once_to_messages_in_a_row_by_its_mood()
    {
        var pet = await _engine.MakePetAsync("r1", mood: PetMood.Hungry);
        foreach (var text in (string[])["hello", "are you there?", "Rex?"])
        {
            await _engine.SayAsync(pet, text);
        }

        var reply = Assert.Single(await _engine.RepliesAsync(pet, 1));

        Assert.Contains(reply.Content, PetPhrases.Of("en", PetMood.Hungry));
        Assert.Equal(
            (MessageSender.Pet, 3L, false, false),
            (reply.Sender, reply.ReplyTo, reply.IsRead, reply.Degraded)
        );
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        await _engine.RepliesAsync(pet, 1);
    }

    [Fact]
    public async Task Answers_in_a_row_are_not_the_same_and_follow_mood_and_language()
    {
        var pet = await _engine.MakePetAsync("r2", mood: PetMood.Sad);
        for (var number = 1; number <= 2; number++)
        {
            await _engine.SayAsync(pet, "hello");
            await _engine.RepliesAsync(pet, number);
        }
        await _engine.Pets("r2").Change(new ChangePet(pet.Id, Mood: PetMood.Playful));
        await _engine.Grains.GetGrain<IUserProfileGrain>("r2").Set(new SetUserProfile(Root, Language: "es"));
        await _engine.SayAsync(pet, "hola");

        var replies = await _engine.RepliesAsync(pet, 3);

        Assert.NotEqual(replies[0].Content, replies[1].Content);
        Assert.All(replies.Take(2), static one => Assert.Contains(one.Content, PetPhrases.Of("en", PetMood.Sad)));
        Assert.Contains(replies[2].Content, PetPhrases.Of("es", PetMood.Playful));
    }

    [Fact]
    public async Task What_the_pet_or_a_system_says_is_not_answered()
    {
        var pet = await _engine.MakePetAsync("r3");
        await _engine.SayAsync(pet, "woof", MessageSender.Pet);
        await _engine.SayAsync(pet, "a new badge", MessageSender.System);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        await _engine.RepliesAsync(pet, 0);
    }

    [Fact]
    public async Task Who_answers_in_the_pets_name_in_time_spares_it_the_answer()
    {
        var pet = await _engine.MakePetAsync("r4");
        await _engine.SayAsync(pet, "hello");
        await _engine.SayAsync(pet, "an app's own answer", MessageSender.Pet);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        await _engine.RepliesAsync(pet, 0);
    }

    [Fact]
    public async Task An_answer_is_owed_through_crashes_and_given_once()
    {
        var pet = await _engine.MakePetAsync("r5");
        await _engine.SayAsync(pet, "hello");
        await _engine.CrashAsync();

        await _engine.RepliesAsync(pet, 1);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        await _engine.RepliesAsync(pet, 1);
    }

    [Fact]
    public async Task A_pet_that_is_deleted_before_it_answers_says_nothing()
    {
        var pet = await _engine.MakePetAsync("r6");
        await _engine.SayAsync(pet, "hello");
        await _engine.Pets("r6").Delete(pet.Id);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));

        var page = await _engine.ConversationWith(pet).List(new ListMessages(Side.User, 10));
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, page.Refusal?.Code);
    }
}
