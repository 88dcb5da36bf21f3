using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Pets;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Pets;

[Trait("Spec", "PE-1")]
public sealed class PetRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SealingKey Key = new(new byte[SealingKey.Bytes]);

    [Fact]
    public void A_new_pet_has_its_name_sealed_a_mood_and_no_experience()
    {
        var made = Decide(PetBook.Empty, new CreatePet(" Rex ", PetMood.Sleepy)).Value!;
        var pet = Assert.Single(PetRules.Evolve(PetBook.Empty, made).Pets);

        Assert.DoesNotContain("Rex", made.Name, StringComparison.Ordinal);
        Assert.Equal("Rex", Key.OpenName(pet.Name));
        Assert.Equal((PetMood.Sleepy, 0L, Now), (pet.Mood, pet.Xp, pet.CreatedAt));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("\u202Exer")]
    public void A_name_is_something_to_read_on_one_line(string? name)
    {
        Assert.Equal(PetRefusals.InvalidName, Decide(PetBook.Empty, new CreatePet(name!)).Refusal);
        if (name is not null)
        {
            Assert.Equal(PetRefusals.InvalidName, Change(Book(1), new ChangePet(IdOf(1), name)).Refusal);
        }
    }

    [Fact]
    public void A_name_has_64_characters_at_most()
    {
        Assert.Null(Decide(PetBook.Empty, new CreatePet(new string('x', 64))).Refusal);
        Assert.Equal(PetRefusals.InvalidName, Decide(PetBook.Empty, new CreatePet(new string('x', 65))).Refusal);
    }

    [Fact]
    public void A_mood_that_is_none_is_refused()
    {
        Assert.Equal(PetRefusals.InvalidMood, Decide(PetBook.Empty, new CreatePet("Rex", (PetMood)99)).Refusal);
        Assert.Equal(PetRefusals.InvalidMood, Change(Book(1), new ChangePet(IdOf(1), Mood: (PetMood)99)).Refusal);
    }

    [Fact]
    public void Names_that_are_prohibited_are_refused_and_one_that_stays_is_not_looked_at_again()
    {
        var book = Book(1);
        var prohibited = ProhibitedContent.Of(new ContentPolicyView(1, ["pet1", "rude"], []));

        Assert.Equal(
            PetRefusals.ProhibitedName,
            PetRules.Decide(book, "bo", 2, new CreatePet("Rude"), Key, prohibited, Now).Refusal
        );
        Assert.Equal(
            PetRefusals.ProhibitedName,
            PetRules.Decide(book, new ChangePet(IdOf(1), "so rude"), Key, prohibited, Now).Refusal
        );
        Assert.Null(PetRules.Decide(book, new ChangePet(IdOf(1), "pet1"), Key, prohibited, Now).Value);
    }

    [Fact]
    public void A_user_has_50_pets_at_a_time()
    {
        var full = Book(IPetsGrain.MostPets);
        Assert.Equal(PetRefusals.TooManyPets, Decide(full, new CreatePet("one more")).Refusal);

        var room = PetRules.Evolve(full, PetRules.DecideDeletion(full, IdOf(7), Now).Value!);
        var made = Decide(room, new CreatePet("one more")).Value!;

        Assert.Equal(IdOf(IPetsGrain.MostPets + 1), made.PetId);
    }

    [Fact]
    public void The_newest_200_keys_are_remembered_those_of_pets_that_are_gone_included()
    {
        var book = PetBook.Empty;
        for (var number = 1; number <= PetBook.KeptKeys + 1; number++)
        {
            book = PetRules.Evolve(book, Decide(book, new CreatePet("Rex", Key: $"k{number}")).Value!);
            book = PetRules.Evolve(book, PetRules.DecideDeletion(book, IdOf(number), Now).Value!);
        }

        Assert.Null(book.FindKey(PetRules.FingerprintOf("k1")!.Value));
        Assert.Equal(3, book.FindKey(PetRules.FingerprintOf("k2")!.Value)!.MadeIn);
    }

    [Fact]
    public void What_is_given_changes_and_the_rest_stays()
    {
        var book = Book(1);

        var renamed = Evolve(book, Change(book, new ChangePet(IdOf(1), "Tom")).Value);
        Assert.Equal(("Tom", PetMood.Happy), (Key.OpenName(renamed.Pets[0].Name), renamed.Pets[0].Mood));
        var sad = Evolve(renamed, Change(renamed, new ChangePet(IdOf(1), Mood: PetMood.Sad)).Value);
        Assert.Equal(("Tom", PetMood.Sad), (Key.OpenName(sad.Pets[0].Name), sad.Pets[0].Mood));

        Assert.Null(Change(sad, new ChangePet(IdOf(1), "Tom", PetMood.Sad)).Value);
        Assert.Equal(PetRefusals.PetNotFound, Change(sad, new ChangePet("nothing", "Tom")).Refusal);
    }

    [Fact]
    public void Experience_adds_up_and_a_pet_that_is_gone_gets_none()
    {
        var book = Book(2);
        book = Evolve(book, PetRules.Decide(book, new PetXpGain(IdOf(1), 5), Now));
        book = Evolve(book, PetRules.Decide(book, new PetXpGain(IdOf(1), 7), Now));

        Assert.Equal([12, 0], book.Pets.Select(static pet => pet.Xp));
        Assert.Null(PetRules.Decide(book, new PetXpGain("nothing", 5), Now));
    }

    [Fact]
    public void Erasing_lets_all_pets_go_and_ids_are_never_used_again()
    {
        var book = Book(3);
        var gone = PetRules.DecideErasure(book, Now)!;
        var empty = PetRules.Evolve(book, gone);

        Assert.Equal([IdOf(1), IdOf(2), IdOf(3)], gone.PetIds);
        Assert.Null(PetRules.DecideErasure(empty, Now));
        Assert.Equal(IdOf(4), Decide(empty, new CreatePet("new")).Value!.PetId);
    }

    [Fact]
    public void Two_users_pets_have_different_ids_that_an_id_may_be()
    {
        Assert.NotEqual(PetRules.IdOf("bo", 1), PetRules.IdOf("cy", 1));
        Assert.True(GrainInterfaces.Identity.Identifier.IsValid(PetRules.IdOf("bo", 1)));
    }

    private static string IdOf(long number) => PetRules.IdOf("bo", number);

    private static PetBook Book(int pets)
    {
        var book = PetBook.Empty;
        for (var number = 1; number <= pets; number++)
        {
            book = PetRules.Evolve(book, Decide(book, new CreatePet($"pet{number}")).Value!);
        }
        return book;
    }

    private static PetBook Evolve(PetBook book, PetsEvent? @event) => PetRules.Evolve(book, @event!);

    private static GrainInterfaces.Outcomes.Outcome<PetMade> Decide(PetBook book, CreatePet command) =>
        PetRules.Decide(book, "bo", book.Made + 1, command, Key, ProhibitedContent.Nothing, Now);

    private static GrainInterfaces.Outcomes.Outcome<PetChanged?> Change(PetBook book, ChangePet command) =>
        PetRules.Decide(book, command, Key, ProhibitedContent.Nothing, Now);
}
