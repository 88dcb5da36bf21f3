using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Notifications.Webhooks;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>What apps are sent.</summary>
public static class WebhookMessages
{
    /// <summary>
    /// What is told of an event. Made from the event and its place alone, so that every subscription and every try gets the
    /// same under one id.
    /// </summary>
    /// <param name="stream">With key and version the place of the event.</param>
    public static WebhookMessage Of<TBody>(
        string stream,
        string key,
        long version,
        string eventType,
        TBody body,
        JsonTypeInfo<TBody> json
    ) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{stream}-{key}-{version}"),
            eventType,
            JsonSerializer.Serialize(body, json)
        );

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
