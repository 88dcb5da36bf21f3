using System.Text.Json.Serialization;
using Actors.ApiHost.Conversations;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Pets;

namespace Actors.ApiHost.Pets;

internal sealed record CreatePetRequest
{
    public string? Name { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<PetMood>))]
    public PetMood? Mood { get; init; }
}

/// <summary>What is absent stays as it is.</summary>
internal sealed record ChangePetRequest
{
    public string? Name { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<PetMood>))]
    public PetMood? Mood { get; init; }
}

/// <param name="UserId">Whose it is.</param>
/// <param name="Xp">What messages have brought it.</param>
internal sealed record PetResponse(
    string Id,
    string UserId,
    string Name,
    [property: JsonConverter(typeof(StrictEnumConverter<PetMood>))] PetMood Mood,
    long Xp,
    DateTimeOffset CreatedAt
)
{
    public static PetResponse From(PetView pet) => new(pet.Id, pet.UserId, pet.Name, pet.Mood, pet.Xp, pet.CreatedAt);
}

internal sealed record PetListResponse(IReadOnlyList<PetResponse> Pets, int Total);

internal sealed record PetDeletedResponse(string Id, bool Deleted);

internal sealed record SaveChatRequest
{
    public string? UserId { get; init; }

    public string? PetId { get; init; }

    [JsonConverter(typeof(StrictEnumConverter<ChatSender>))]
    public ChatSender? Sender { get; init; }

    public string? Content { get; init; }

    public MetadataContract? Metadata { get; init; }

    public string? ReplyTo { get; init; }
}

/// <summary>One of <c>messageIds</c> and <c>markAllAsRead</c>, the latter with a <c>petId</c>.</summary>
internal sealed record MarkChatsRequest
{
    public string? UserId { get; init; }

    public string? PetId { get; init; }

    public IReadOnlyList<string>? MessageIds { get; init; }

    public bool? MarkAllAsRead { get; init; }
}

/// <summary>Who says something to a pet, or in its name.</summary>
internal enum ChatSender
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("pet")]
    Pet,

    [JsonStringEnumMemberName("system")]
    System,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(CreatePetRequest))]
[JsonSerializable(typeof(ChangePetRequest))]
[JsonSerializable(typeof(PetResponse))]
[JsonSerializable(typeof(PetListResponse))]
[JsonSerializable(typeof(PetDeletedResponse))]
[JsonSerializable(typeof(SaveChatRequest))]
[JsonSerializable(typeof(MarkChatsRequest))]
internal sealed partial class PetJson : JsonSerializerContext;
