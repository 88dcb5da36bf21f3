using System.Text.Json.Serialization;
using Actors.ApiHost.Http;

namespace Actors.ApiHost.Operations.Switches;

internal sealed record FeatureListResponse(IReadOnlyList<FeatureResponse> Features);

internal sealed record FeatureResponse(string Feature, bool Enabled, DateTimeOffset? ChangedAt, string? ChangedBy);

internal sealed record SetFeatureRequest(bool? Enabled);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(FeatureListResponse))]
[JsonSerializable(typeof(SetFeatureRequest))]
internal sealed partial class SwitchJson : JsonSerializerContext;
