using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Grains.MoodMessages.Escalation;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageToHear), "escalation.message-to-hear.v1")]
[JsonDerivedType(typeof(MessagesHeard), "escalation.messages-heard.v1")]
[JsonDerivedType(typeof(Escalated), "escalation.escalated.v1")]
public abstract record EscalationEvent(DateTimeOffset At);

/// <summary>The user has written something that has not been listened to yet.</summary>
public sealed record MessageToHear(DateTimeOffset At, long Number) : EscalationEvent(At);

/// <summary>How messages sounded, oldest first; what could no longer be read is unknown.</summary>
public sealed record MessagesHeard(DateTimeOffset At, ImmutableArray<HeardMessage> Messages) : EscalationEvent(At);

/// <summary>The system acts.</summary>
/// <param name="Number">The newest of the messages that are the reason.</param>
/// <param name="Day">The UTC day, in days since 0001-01-01.</param>
public sealed record Escalated(DateTimeOffset At, long Number, MoodKind Mood, int Confidence, int Day)
    : EscalationEvent(At);

public readonly record struct HeardMessage(
    [property: JsonPropertyName("n")] long Number,
    [property: JsonPropertyName("m")] MoodKind Mood,
    [property: JsonPropertyName("c")] int Confidence
);

/// <param name="ToHear">Numbers of messages, oldest first; of a flood of them the newest.</param>
/// <param name="Since">Since when the oldest of them waits.</param>
/// <param name="Heard">The newest that were listened to, oldest first.</param>
/// <param name="Day">The last day on which the system acted.</param>
public sealed record EscalationState(
    ImmutableArray<long> ToHear,
    DateTimeOffset? Since,
    ImmutableArray<HeardMessage> Heard,
    int? Day
)
{
    public static readonly EscalationState Empty = new([], null, [], null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(EscalationEvent))]
[JsonSerializable(typeof(EscalationState))]
internal sealed partial class EscalationJson : JsonSerializerContext;
