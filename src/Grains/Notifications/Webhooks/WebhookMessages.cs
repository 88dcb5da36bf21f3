using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>The bodies that apps get. Made from an event alone, so that every try sends the same bytes.</summary>
public static class WebhookMessages
{
    public static WebhookMessage MoodChanged(MoodChange change) =>
        new(
            $"mood-{change.ModelId}-{change.Version}",
            WebhookEventTypes.MoodChanged,
            JsonSerializer.Serialize(
                new MoodChangedBody(
                    WebhookEventTypes.MoodChanged,
                    change.ModelId,
                    change.PreviousState,
                    change.State,
                    change.At
                ),
                WebhookBodyJson.Default.MoodChangedBody
            )
        );

    public static WebhookMessage Test(string id, DateTimeOffset at) =>
        new(
            id,
            WebhookEventTypes.Test,
            JsonSerializer.Serialize(new TestBody(WebhookEventTypes.Test, at), WebhookBodyJson.Default.TestBody)
        );
}

internal sealed record MoodChangedBody(
    string EventType,
    string ModelId,
    MoodState PreviousState,
    MoodState NewState,
    DateTimeOffset Timestamp
);

internal sealed record TestBody(string EventType, DateTimeOffset Timestamp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoodChangedBody))]
[JsonSerializable(typeof(TestBody))]
internal sealed partial class WebhookBodyJson : JsonSerializerContext;
