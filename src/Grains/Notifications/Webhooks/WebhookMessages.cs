using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

public static class WebhookMessages
{
    public static WebhookMessage Test(string id, DateTimeOffset at) =>
        new(
            id,
            WebhookEventTypes.Test,
            JsonSerializer.Serialize(
                new TestBody(WebhookEventTypes.Test, at.UtcDateTime),
                WebhookBodyJson.Default.TestBody
            )
        );
}

internal sealed record TestBody(string EventType, DateTime Timestamp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TestBody))]
internal sealed partial class WebhookBodyJson : JsonSerializerContext;
