using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Pets;

public static class PetRefusals
{
    public const string PetNotFoundCode = "PET_NOT_FOUND";
    public const string InvalidPetCode = "INVALID_PET";
    public const string TooManyPetsCode = "TOO_MANY_PETS";

    public static readonly Refusal PetNotFound = new(PetNotFoundCode, "The user has no pet with this id.");

    public static readonly Refusal InvalidName = new(InvalidPetCode, "name has 1 to 64 printable characters.");

    public static readonly Refusal ProhibitedName = new(InvalidPetCode, "name has content that is not allowed.");

    public static readonly Refusal InvalidMood = new(
        InvalidPetCode,
        "mood is one of happy, playful, calm, sleepy, hungry, sad."
    );

    public static readonly Refusal TooManyPets = new(
        TooManyPetsCode,
        $"A user has at most {IPetsGrain.MostPets} pets at a time."
    );
}
