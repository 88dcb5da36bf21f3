using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Moods;

[JsonConverter(typeof(JsonStringEnumConverter<MoodState>))]
public enum MoodState
{
    [JsonStringEnumMemberName("neutral")]
    Neutral,

    [JsonStringEnumMemberName("positive")]
    Positive,

    [JsonStringEnumMemberName("negative")]
    Negative,
}
