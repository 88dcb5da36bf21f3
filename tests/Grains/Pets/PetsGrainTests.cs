using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Pets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Pets;

public sealed class PetsGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "PE-1")]
    public async Task A_pet_survives_a_crash_as_it_was_made_and_changed()
    {
        var made = await _engine.MakePetAsync("p1", "Señor Ñoño 🐾", PetMood.Calm);
        await _engine.Pets("p1").Change(new ChangePet(made.Id, Mood: PetMood.Hungry));

        await _engine.CrashAsync();

        Assert.Equal(made with { Mood = PetMood.Hungry }, await _engine.Pets("p1").Find(made.Id));
        Assert.Equal([made with { Mood = PetMood.Hungry }], await _engine.Pets("p1").List());
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task Pets_that_are_made_at_once_are_different_ones()
    {
        var made = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(number => _engine.MakePetAsync("p2", $"pet {number}"))
        );

        Assert.Equal(8, made.Select(static pet => pet.Id).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, 8).Select(static number => $"pet {number}"),
            (await _engine.Pets("p2").List()).Select(static pet => pet.Name).Order()
        );
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task A_pet_with_a_key_is_there_once_however_often_it_is_made()
    {
        var command = new CreatePet("Rex", PetMood.Happy, "k1");
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _engine.Pets("p3").Create(command)));
        await _engine.Pets("p3").Change(new ChangePet(made[0].Value!.Id, "Tom"));
        await _engine.CrashAsync();
        var again = (await _engine.Pets("p3").Create(command)).Value!;

        Assert.All(made, one => Assert.Equal(again.Id, one.Value!.Id));
        Assert.Equal("Tom", Assert.Single(await _engine.Pets("p3").List()).Name);
        var other = await _engine.Pets("p3").Create(command with { Name = "Tom" });
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, other.Refusal?.Code);
        await _engine.Pets("p3").Delete(again.Id);
        var late = await _engine.Pets("p3").Create(command);
        Assert.Equal(PetRefusals.PetNotFoundCode, late.Refusal?.Code);
        Assert.Empty(await _engine.Pets("p3").List());
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task Nobody_elses_pet_is_found_or_talked_with()
    {
        var pet = await _engine.MakePetAsync("p4");

        Assert.Null(await _engine.Pets("p5").Find(pet.Id));
        Assert.Equal(PetRefusals.PetNotFoundCode, (await _engine.Pets("p5").Delete(pet.Id)).Refusal?.Code);
        var change = await _engine.Pets("p5").Change(new ChangePet(pet.Id, "Mine"));
        Assert.Equal(PetRefusals.PetNotFoundCode, change.Refusal?.Code);
        var sent = await _engine
            .ConversationWith(pet with { UserId = "p5" })
            .Send(new SendMessage(MessageSender.User, "come here"));
        Assert.Equal(PetRefusals.PetNotFoundCode, sent.Refusal?.Code);
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task A_message_adds_its_experience_once_whatever_is_repeated_or_crashes()
    {
        var pet = await _engine.MakePetAsync("p6");
        await _engine.SayAsync(pet, "fetch", xp: 30, key: "m1");
        await _engine.SayAsync(pet, "fetch", xp: 30, key: "m1");
        await _engine.CrashAsync();
        await _engine.SayAsync(pet, "fetch", xp: 30, key: "m1");
        await _engine.SayAsync(pet, "Rex has learned to fetch", MessageSender.System, xp: 12);
        await _engine.SayAsync(pet, "nothing new", xp: 0);

        await XpAsync(pet, 42);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        await XpAsync(pet, 42);
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task Deleting_a_pet_erases_what_was_said_with_it_though_it_crashes_in_between()
    {
        var pet = await _engine.MakePetAsync("p7");
        var other = await _engine.MakePetAsync("p7", "Tom");
        await _engine.SayAsync(pet, "hello");
        await _engine.SayAsync(other, "hello");

        Assert.Null((await _engine.Pets("p7").Delete(pet.Id)).Refusal);
        await _engine.CrashAsync();

        Assert.Null(await _engine.Pets("p7").Find(pet.Id));
        Assert.Equal(PetRefusals.PetNotFoundCode, (await _engine.Pets("p7").Delete(pet.Id)).Refusal?.Code);
        await EventuallyErasedAsync(pet);
        var again = await _engine.ConversationWith(pet).Send(new SendMessage(MessageSender.User, "still there?"));
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, again.Refusal?.Code);
        Assert.NotNull(await _engine.ConversationWith(other).Summarize(Side.User));
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task A_person_who_is_erased_has_no_pets_and_nothing_of_them_is_readable()
    {
        var said = await _engine.MakePetAsync("p8");
        var silent = await _engine.MakePetAsync("p8", "Tom");
        await _engine.SayAsync(said, "hello");

        await _engine.Pets("p8").Erase();
        await _engine.Pets("p8").Erase();
        await _engine.CrashAsync();

        Assert.Empty(await _engine.Pets("p8").List());
        await EventuallyErasedAsync(said);
        await EventuallyErasedAsync(silent);
        Assert.NotEqual(silent.Id, (await _engine.MakePetAsync("p8", "Next")).Id);
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task A_pet_whose_conversation_was_erased_by_itself_is_gone_with_its_name()
    {
        var pet = await _engine.MakePetAsync("p9");
        await _engine.ConversationWith(pet).Erase();

        Assert.Null(await _engine.Pets("p9").Find(pet.Id));
        Assert.Empty(await _engine.Pets("p9").List());
        var change = await _engine.Pets("p9").Change(new ChangePet(pet.Id, "Tom"));
        Assert.Equal(PetRefusals.PetNotFoundCode, change.Refusal?.Code);
        Assert.NotEqual(pet.Id, (await _engine.MakePetAsync("p9")).Id);
    }

    private async Task EventuallyErasedAsync(PetView pet) =>
        await _engine.EventuallyAsync(
            () => _engine.ConversationWith(pet).List(new ListMessages(Side.User, 10)),
            static page => page.Refusal?.Code == ConversationRefusals.ConversationNotFoundCode
        );

    private async Task XpAsync(PetView pet, long xp) =>
        await _engine.EventuallyAsync(() => _engine.Pets(pet.UserId).Find(pet.Id), found => found!.Xp == xp);
}
