using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Pets;

/// <summary>One user's pets; the key is the user's id. Nobody else's grain knows them, so an id of another's is one that is not.</summary>
[Alias("IPetsGrain")]
public interface IPetsGrain : IGrainWithStringKey
{
    /// <summary>How many pets one user has at a time.</summary>
    const int MostPets = 50;

    /// <summary>Repeated with the same key it is the same pet, or not found when that is gone. The newest 200 keys are remembered.</summary>
    Task<Outcome<PetView>> Create(CreatePet command);

    /// <summary>In the order in which they came.</summary>
    [ReadOnly]
    Task<IReadOnlyList<PetView>> List();

    /// <summary>Null when the user has no such pet.</summary>
    [ReadOnly]
    Task<PetView?> Find(string petId);

    Task<Outcome<PetView>> Change(ChangePet command);

    /// <summary>The pet goes, and what was said with it becomes unreadable for ever.</summary>
    Task<Outcome<Done>> Delete(string petId);

    /// <summary>Experience that a message has brought; for a pet that is gone it brings none.</summary>
    Task Receive(Delivery delivery, PetXpGain gain);

    /// <summary>All pets go, and what was said with them; erasing again changes nothing.</summary>
    Task Erase();
}

[JsonConverter(typeof(JsonStringEnumConverter<PetMood>))]
public enum PetMood
{
    [JsonStringEnumMemberName("happy")]
    Happy,

    [JsonStringEnumMemberName("playful")]
    Playful,

    [JsonStringEnumMemberName("calm")]
    Calm,

    [JsonStringEnumMemberName("sleepy")]
    Sleepy,

    [JsonStringEnumMemberName("hungry")]
    Hungry,

    [JsonStringEnumMemberName("sad")]
    Sad,
}

/// <param name="Key">The caller's name for this pet; null for one that is not repeated.</param>
[GenerateSerializer, Immutable, Alias("CreatePet")]
public sealed record CreatePet(
    [property: Id(0)] string Name,
    [property: Id(1)] PetMood Mood = PetMood.Happy,
    [property: Id(2)] string? Key = null
);

/// <summary>Sets what is given and leaves what is null as it was.</summary>
[GenerateSerializer, Immutable, Alias("ChangePet")]
public sealed record ChangePet(
    [property: Id(0)] string PetId,
    [property: Id(1)] string? Name = null,
    [property: Id(2)] PetMood? Mood = null
);

[GenerateSerializer, Immutable, Alias("PetXpGain")]
public sealed record PetXpGain([property: Id(0)] string PetId, [property: Id(1)] int Xp);

/// <param name="Id">Unique everywhere, and never used again.</param>
/// <param name="UserId">Whose it is.</param>
[GenerateSerializer, Immutable, Alias("PetView")]
public sealed record PetView(
    [property: Id(0)] string Id,
    [property: Id(1)] string UserId,
    [property: Id(2)] string Name,
    [property: Id(3)] PetMood Mood,
    [property: Id(4)] long Xp,
    [property: Id(5)] DateTimeOffset CreatedAt
);
