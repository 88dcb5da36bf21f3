using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.MoodAnalytics;

/// <summary>What apps are told of a mood.</summary>
public static class MoodChangedMessage
{
    public static WebhookMessage Of(MoodChange change) =>
        WebhookMessages.Of(
            "mood",
            change.ModelId,
            change.Version,
            WebhookEventTypes.MoodChanged,
            new MoodChangedBody(
                WebhookEventTypes.MoodChanged,
                change.ModelId,
                change.PreviousState,
                change.State,
                change.At.UtcDateTime
            ),
            MoodChangedJson.Default.MoodChangedBody
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
