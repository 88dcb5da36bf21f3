using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;

namespace Actors.ApiHost.Moods;

internal sealed record UpdateMoodRequest
{
    [JsonConverter(typeof(StrictEnumConverter<MoodState>))]
    public MoodState? MoodState { get; init; }

    public string? CustomMessage { get; init; }

    public bool? AutoRespond { get; init; }

    public int? ResponseDelay { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

internal sealed record OverrideMoodRequest
{
    [JsonConverter(typeof(StrictEnumConverter<MoodState>))]
    public MoodState? MoodState { get; init; }

    public string? Reason { get; init; }

    public string? CustomMessage { get; init; }

    public bool? AutoRespond { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Degraded">True when the mood could not be reached and this is the neutral default; absent otherwise.</param>
internal sealed record MoodResponse(
    string ModelId,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    string? CustomMessage,
    bool AutoRespond,
    int ResponseDelay,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset LastUpdated,
    string UpdatedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Degraded = null
)
{
    public static MoodResponse From(MoodView mood) =>
        new(
            mood.ModelId,
            mood.MoodState,
            mood.CustomMessage,
            mood.AutoRespond,
            mood.ResponseDelay,
            mood.ExpiresAt,
            mood.LastUpdated,
            RoleNames.Of(mood.UpdatedBy)
        );

    public static MoodResponse Neutral(ModelId model, DateTimeOffset now) =>
        new(model.Value, MoodState.Neutral, null, false, 0, null, now, RoleNames.Of(ActorRole.System), Degraded: true);
}

internal sealed record OverriddenMoodResponse(
    string ModelId,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    DateTimeOffset LastUpdated,
    string UpdatedBy,
    string? AdminReason
)
{
    public static OverriddenMoodResponse From(MoodView mood) =>
        new(mood.ModelId, mood.MoodState, mood.LastUpdated, RoleNames.Of(mood.UpdatedBy), mood.AdminReason);
}

internal sealed record MoodHistoryResponse(IReadOnlyList<MoodHistoryEntry> History, long Total, int Limit, int Offset);

/// <summary>What everybody may know of a change.</summary>
internal sealed record MoodHistoryEntry(
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState PreviousState,
    string? CustomMessage
)
{
    public static MoodHistoryEntry From(MoodTransition change) =>
        new(
            change.MoodState,
            change.ChangedAt,
            RoleNames.Of(change.Actor.Role),
            change.PreviousState,
            change.CustomMessage
        );
}

internal sealed record MoodAuditResponse(IReadOnlyList<MoodAuditEntry> History, long Total, int Limit, int Offset);

/// <summary>A change with who made it, from where and why.</summary>
internal sealed record MoodAuditEntry(
    long Version,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState MoodState,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodState>))] MoodState PreviousState,
    string? CustomMessage,
    string ActorId,
    string? Reason,
    string? IpAddress,
    string? UserAgent
)
{
    public static MoodAuditEntry From(MoodTransition change) =>
        new(
            change.Version,
            change.MoodState,
            change.ChangedAt,
            RoleNames.Of(change.Actor.Role),
            change.PreviousState,
            change.CustomMessage,
            change.Actor.Id,
            change.Reason,
            change.Actor.Address,
            change.Actor.UserAgent
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(UpdateMoodRequest))]
[JsonSerializable(typeof(OverrideMoodRequest))]
[JsonSerializable(typeof(MoodResponse))]
[JsonSerializable(typeof(OverriddenMoodResponse))]
[JsonSerializable(typeof(MoodHistoryResponse))]
[JsonSerializable(typeof(MoodAuditResponse))]
internal sealed partial class MoodJson : JsonSerializerContext;
