using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;

namespace Actors.Grains.Moods;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MoodSet), "mood.set.v1")]
[JsonDerivedType(typeof(MoodOverridden), "mood.overridden.v1")]
[JsonDerivedType(typeof(MoodExpired), "mood.expired.v1")]
[JsonDerivedType(typeof(MoodErased), "mood.erased.v1")]
public abstract record MoodEvent(DateTimeOffset At, MoodState PreviousState, MoodState State);

/// <summary>The model changed its own mood.</summary>
public sealed record MoodSet(
    DateTimeOffset At,
    MoodState PreviousState,
    MoodState State,
    string? CustomMessage,
    bool AutoRespond,
    int ResponseDelay,
    DateTimeOffset? ExpiresAt,
    Actor Actor
) : MoodEvent(At, PreviousState, State);

/// <summary>An admin changed it, for a reason.</summary>
public sealed record MoodOverridden(
    DateTimeOffset At,
    MoodState PreviousState,
    MoodState State,
    string? CustomMessage,
    bool AutoRespond,
    DateTimeOffset? ExpiresAt,
    Actor Actor,
    string Reason
) : MoodEvent(At, PreviousState, State);

/// <summary>Its time was over, and it became neutral by itself.</summary>
public sealed record MoodExpired(DateTimeOffset At, MoodState PreviousState)
    : MoodEvent(At, PreviousState, MoodState.Neutral);

/// <summary>Its model was erased.</summary>
public sealed record MoodErased(DateTimeOffset At, MoodState PreviousState)
    : MoodEvent(At, PreviousState, MoodState.Neutral);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(MoodEvent))]
[JsonSerializable(typeof(Mood))]
internal sealed partial class MoodJson : JsonSerializerContext;
