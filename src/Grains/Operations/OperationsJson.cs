using System.Text.Json.Serialization;

namespace Actors.Grains.Operations;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(FeatureEvent))]
[JsonSerializable(typeof(FeatureBoard))]
internal sealed partial class OperationsJson : JsonSerializerContext;
