using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.MoodAnalytics;

/// <summary>What apps are told. Made from the change alone, so that every subscription and every try gets the same.</summary>
public static class MoodChangedMessage
{
    public static WebhookMessage Of(MoodChange change) =>
        new(
            $"mood-{change.ModelId}-{change.Version}",
            WebhookEventTypes.MoodChanged,
            JsonSerializer.Serialize(
                new MoodChangedBody(
                    WebhookEventTypes.MoodChanged,
                    change.ModelId,
                    change.PreviousState,
                    change.State,
                    change.At.UtcDateTime
                ),
                MoodChangedJson.Default.MoodChangedBody
            )
        );
}

internal sealed record MoodChangedBody(
    string EventType,
    string ModelId,
    MoodState PreviousState,
    MoodState NewState,
    DateTime Timestamp
);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodChangedBody))]
internal sealed partial class MoodChangedJson : JsonSerializerContext;
