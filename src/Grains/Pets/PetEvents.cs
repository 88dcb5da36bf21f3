using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Pets;

namespace Actors.Grains.Pets;

/// <summary>Names are sealed in all of them; see <see cref="PetText"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PetMade), "pets.pet-made.v1")]
[JsonDerivedType(typeof(PetChanged), "pets.pet-changed.v1")]
[JsonDerivedType(typeof(PetXpGained), "pets.xp-gained.v1")]
[JsonDerivedType(typeof(PetsGone), "pets.pets-gone.v1")]
public abstract record PetsEvent(DateTimeOffset At);

/// <param name="Number">The id is made from it.</param>
/// <param name="Key">The owner's name for the pet, if it has one.</param>
public sealed record PetMade(DateTimeOffset At, long Number, string PetId, string Name, PetMood Mood, string? Key)
    : PetsEvent(At);

/// <param name="Name">Null when it stays as it was.</param>
/// <param name="Mood">Null when it stays as it was.</param>
public sealed record PetChanged(DateTimeOffset At, string PetId, string? Name, PetMood? Mood) : PetsEvent(At);

public sealed record PetXpGained(DateTimeOffset At, string PetId, int Xp) : PetsEvent(At);

/// <summary>Deleted by their owner, or erased with all about her.</summary>
public sealed record PetsGone(DateTimeOffset At, ImmutableArray<string> PetIds) : PetsEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PetsEvent))]
[JsonSerializable(typeof(PetBook))]
[JsonSerializable(typeof(PetBudgetEvent))]
[JsonSerializable(typeof(PetBudget))]
internal sealed partial class PetJson : JsonSerializerContext;
