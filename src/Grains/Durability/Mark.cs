using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Durability;

/// <summary>Bookkeeping that travels with a commit and is not history.</summary>
/// <param name="Sent">Numbers of effects that their receivers have acknowledged.</param>
/// <param name="Received">Deliveries that this commit has taken in.</param>
internal sealed record Mark(
    [property: JsonPropertyName("sent")] IReadOnlyList<long>? Sent,
    [property: JsonPropertyName("received")] IReadOnlyList<Delivery>? Received
);

/// <summary>What a snapshot holds beside the state itself.</summary>
internal sealed record Correspondence(
    [property: JsonPropertyName("unsent")] IReadOnlyList<long> Unsent,
    [property: JsonPropertyName("inbox")] IReadOnlyDictionary<string, long> Inbox
);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Mark))]
[JsonSerializable(typeof(Correspondence))]
internal sealed partial class DurabilityJson : JsonSerializerContext;
