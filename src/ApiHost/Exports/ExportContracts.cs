using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Exports;

namespace Actors.ApiHost.Exports;

/// <param name="Parts">What is in it so far, by name.</param>
/// <param name="PartsTotal">How many parts it will have.</param>
/// <param name="ExpiresAt">Until when the file can be downloaded; null until there is one.</param>
/// <param name="Size">Bytes of the file; null until there is one.</param>
internal sealed record ExportResponse(
    string Id,
    [property: JsonConverter(typeof(StrictEnumConverter<ExportStatus>))] ExportStatus Status,
    IReadOnlyList<string> Parts,
    int PartsTotal,
    DateTimeOffset RequestedAt,
    DateTimeOffset? ReadyAt,
    DateTimeOffset? ExpiresAt,
    long? Size
)
{
    public static ExportResponse From(ExportView view) =>
        new(
            view.Id,
            view.Status,
            view.Parts,
            view.PartsTotal,
            view.RequestedAt,
            view.ReadyAt,
            view.ExpiresAt,
            view.Bytes
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(ExportResponse))]
internal sealed partial class ExportJson : JsonSerializerContext;
