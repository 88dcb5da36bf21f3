using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Pets;

namespace Actors.Grains.Pets;

/// <summary>One user's pets as the fold of their events.</summary>
/// <param name="Version">The number of the newest event.</param>
/// <param name="Made">The number of the newest pet that ever was.</param>
/// <param name="Keys">Of the newest pets that were made under one, gone ones included.</param>
public sealed record PetBook(long Version, long Made, ImmutableList<Pet> Pets, ImmutableList<KeyedPet> Keys)
{
    public const int KeptKeys = 200;

    public static readonly PetBook Empty = new(0, 0, [], []);

    public Pet? Find(string petId) => Pets.Find(pet => pet.Id == petId);

    public KeyedPet? FindKey(ulong fingerprint) => Keys.FindLast(one => one.Fingerprint == fingerprint);
}

/// <param name="Name">Sealed.</param>
public sealed record Pet(string Id, string Name, PetMood Mood, long Xp, DateTimeOffset CreatedAt);

/// <param name="MadeIn">The event that tells of the pet.</param>
public sealed record KeyedPet(
    [property: JsonPropertyName("k")] ulong Fingerprint,
    [property: JsonPropertyName("v")] long MadeIn
);
