using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Erasure;

/// <param name="Confirm">Has to be true.</param>
internal sealed record EraseRequest(bool? Confirm);

/// <param name="UserId">Absent for a model.</param>
/// <param name="ModelId">Absent for a user.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Changes">What happened in the person's conversations and has been looked at.</param>
/// <param name="Conversations">Erased so far.</param>
internal sealed record ErasureResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ModelId,
    DateTimeOffset BegunAt,
    DateTimeOffset? EndedAt,
    long Changes,
    long Conversations
)
{
    public static ErasureResponse From(ErasureView view) =>
        new(
            view.Kind == PersonKind.User ? view.PersonId : null,
            view.Kind == PersonKind.Model ? view.PersonId : null,
            view.BegunAt,
            view.EndedAt,
            view.Changes,
            view.Conversations
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(EraseRequest))]
[JsonSerializable(typeof(ErasureResponse))]
internal sealed partial class ErasureJson : JsonSerializerContext;
