using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Identity;
using Actors.Grains.Ledger;
using Actors.Grains.Sealing;

namespace Actors.Grains.Pets;

/// <summary>Everything that is decided about pets. Pure.</summary>
public static class PetRules
{
    private const int IdBytes = 10;

    /// <summary>Other users' pets have other ids, though nothing rests on that: a pet is looked for among its owner's.</summary>
    public static string IdOf(string userId, long number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"pet {number} of {userId}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
    }

    public static ulong? FingerprintOf(string? key) => key is null ? null : Fingerprint.Of("owner", key);

    /// <summary>What is refused whatever pets there are.</summary>
    public static Refusal? Refuse(CreatePet command, ProhibitedContent prohibited) =>
        RefuseName(command.Name, prohibited) ?? RefuseMood(command.Mood);

    /// <param name="number">Of the new pet; above all that there ever were.</param>
    /// <param name="key">The one of the conversation with it.</param>
    public static Outcome<PetMade> Decide(
        PetBook book,
        string userId,
        long number,
        CreatePet command,
        SealingKey key,
        ProhibitedContent prohibited,
        DateTimeOffset now
    ) =>
        Refuse(command, prohibited) is { } refusal ? refusal
        : book.Pets.Count >= IPetsGrain.MostPets ? PetRefusals.TooManyPets
        : new PetMade(
            now,
            number,
            IdOf(userId, number),
            key.SealName(ProfileText.DisplayName(command.Name)!),
            command.Mood,
            command.Key
        );

    /// <summary>Null when it is so already. A name that stays is not looked at again.</summary>
    public static Outcome<PetChanged?> Decide(
        PetBook book,
        ChangePet command,
        SealingKey key,
        ProhibitedContent prohibited,
        DateTimeOffset now
    )
    {
        if (book.Find(command.PetId) is not { } pet)
        {
            return PetRefusals.PetNotFound;
        }
        var typed = ProfileText.DisplayName(command.Name);
        var name = typed is not null && typed != key.OpenName(pet.Name) ? typed : null;
        var refusal =
            command.Name is not null && typed is null ? PetRefusals.InvalidName
            : prohibited.IsIn(name) ? PetRefusals.ProhibitedName
            : command.Mood is { } given ? RefuseMood(given)
            : null;
        if (refusal is not null)
        {
            return refusal;
        }
        var mood = command.Mood == pet.Mood ? null : command.Mood;
        return (name, mood) is (null, null)
            ? (PetChanged?)null
            : new PetChanged(now, pet.Id, name is null ? null : key.SealName(name), mood);
    }

    public static Outcome<PetsGone> DecideDeletion(PetBook book, string petId, DateTimeOffset now) =>
        book.Find(petId) is null ? PetRefusals.PetNotFound : new PetsGone(now, [petId]);

    /// <summary>Null when there are none.</summary>
    public static PetsGone? DecideErasure(PetBook book, DateTimeOffset now) =>
        book.Pets.IsEmpty ? null : new PetsGone(now, [.. book.Pets.Select(static pet => pet.Id)]);

    /// <summary>Null when the pet is gone.</summary>
    public static PetXpGained? Decide(PetBook book, PetXpGain gain, DateTimeOffset now) =>
        book.Find(gain.PetId) is null ? null : new PetXpGained(now, gain.PetId, gain.Xp);

    /// <summary>Whether a command under the key of a pet asks for that pet, and not for another one.</summary>
    public static bool IsRepeated(PetMade made, CreatePet command, SealingKey key) =>
        made.Key == command.Key
        && made.Mood == command.Mood
        && key.OpenName(made.Name) == ProfileText.DisplayName(command.Name);

    public static PetBook Evolve(PetBook book, PetsEvent @event)
    {
        var next = book with { Version = book.Version + 1 };
        return @event switch
        {
            PetMade made => next with
            {
                Made = made.Number,
                Pets = next.Pets.Add(new Pet(made.PetId, made.Name, made.Mood, 0, made.At)),
                Keys = FingerprintOf(made.Key) is { } fingerprint
                    ? Remember(next.Keys, new KeyedPet(fingerprint, next.Version))
                    : next.Keys,
            },
            PetChanged changed => With(
                next,
                changed.PetId,
                pet => pet with { Name = changed.Name ?? pet.Name, Mood = changed.Mood ?? pet.Mood }
            ),
            PetXpGained gained => With(next, gained.PetId, pet => pet with { Xp = pet.Xp + gained.Xp }),
            PetsGone gone => next with { Pets = next.Pets.RemoveAll(pet => gone.PetIds.Contains(pet.Id)) },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
    }

    private static ImmutableList<KeyedPet> Remember(ImmutableList<KeyedPet> keys, KeyedPet key)
    {
        var kept = keys.Add(key);
        return kept.Count > PetBook.KeptKeys ? kept.RemoveAt(0) : kept;
    }

    private static PetBook With(PetBook book, string petId, Func<Pet, Pet> change)
    {
        var pet = book.Find(petId)!;
        return book with { Pets = book.Pets.Replace(pet, change(pet)) };
    }

    private static Refusal? RefuseName(string? typed, ProhibitedContent prohibited) =>
        ProfileText.DisplayName(typed) is not { } name ? PetRefusals.InvalidName
        : prohibited.IsIn(name) ? PetRefusals.ProhibitedName
        : null;

    private static Refusal? RefuseMood(PetMood mood) => Enum.IsDefined(mood) ? null : PetRefusals.InvalidMood;
}
