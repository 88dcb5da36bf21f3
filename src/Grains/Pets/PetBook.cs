using System.Collections.Immutable;
using Actors.GrainInterfaces.Pets;

namespace Actors.Grains.Pets;

/// <summary>One user's pets as the fold of their events.</summary>
/// <param name="Version">The number of the newest event.</param>
/// <param name="Made">The number of the newest pet that ever was.</param>
public sealed record PetBook(long Version, long Made, ImmutableList<Pet> Pets)
{
    public static readonly PetBook Empty = new(0, 0, []);

    public Pet? Find(string petId) => Pets.Find(pet => pet.Id == petId);

    public Pet? FindKey(ulong fingerprint) => Pets.Find(pet => pet.Key == fingerprint);
}

/// <param name="Name">Sealed.</param>
/// <param name="Key">The fingerprint of the owner's name for it.</param>
/// <param name="MadeIn">The event that tells how it came.</param>
public sealed record Pet(
    string Id,
    string Name,
    PetMood Mood,
    long Xp,
    DateTimeOffset CreatedAt,
    ulong? Key,
    long MadeIn
);
