using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>How a text sounds, and how sure that is. Who is not sure says unknown.</summary>
/// <param name="Confidence">0 to 100; 0 for what is unknown.</param>
[GenerateSerializer, Immutable, Alias("DetectedMood")]
public sealed record DetectedMood([property: Id(0)] MoodKind Mood, [property: Id(1)] int Confidence)
{
    public static readonly DetectedMood Unknown = new(MoodKind.Unknown, 0);
}

[JsonConverter(typeof(JsonStringEnumConverter<MoodKind>))]
public enum MoodKind
{
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("happy")]
    Happy,

    [JsonStringEnumMemberName("sad")]
    Sad,

    [JsonStringEnumMemberName("angry")]
    Angry,

    [JsonStringEnumMemberName("neutral")]
    Neutral,

    [JsonStringEnumMemberName("excited")]
    Excited,

    [JsonStringEnumMemberName("anxious")]
    Anxious,
}
