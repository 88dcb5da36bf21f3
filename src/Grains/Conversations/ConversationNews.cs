using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Conversations;

/// <summary>What apps are told of a conversation: who has written or read, and nothing of what was said.</summary>
internal static class ConversationNews
{
    /// <summary>Null for what apps are not told.</summary>
    public static string? TypeOf(ConversationEvent @event) =>
        @event switch
        {
            MessageSent => WebhookEventTypes.MessageSent,
            MessagesRead => WebhookEventTypes.MessageRead,
            _ => null,
        };

    public static WebhookMessage Of(ConversationId id, ConversationEvent @event, long version) =>
        @event switch
        {
            MessageSent sent => WebhookMessages.Of(
                "conversation",
                KeyOf(id),
                version,
                WebhookEventTypes.MessageSent,
                new MessageSentBody(
                    WebhookEventTypes.MessageSent,
                    new MessageId(id, sent.Number).ToString(),
                    id.UserId,
                    ModelOf(id),
                    PetOf(id),
                    NameOf(sent.Sender),
                    sent.Auto is { } auto ? NameOf(auto.Kind) : null,
                    sent.ReplyTo is { } number ? new MessageId(id, number).ToString() : null,
                    sent.At.UtcDateTime
                ),
                ConversationNewsJson.Default.MessageSentBody
            ),
            MessagesRead read => WebhookMessages.Of(
                "conversation",
                KeyOf(id),
                version,
                WebhookEventTypes.MessageRead,
                new MessageReadBody(
                    WebhookEventTypes.MessageRead,
                    id.UserId,
                    ModelOf(id),
                    PetOf(id),
                    read.By == Side.User ? "user"
                        : id.Kind == PeerKind.Model ? "model"
                        : "pet",
                    [.. read.Numbers.Select(number => new MessageId(id, number).ToString())],
                    new MessageId(id, read.UpTo).ToString(),
                    read.At.UtcDateTime
                ),
                ConversationNewsJson.Default.MessageReadBody
            ),
            _ => throw new InvalidOperationException($"Nobody is told of {@event.GetType().Name}."),
        };

    // The id of a webhook has no dots: they part what is signed.
    private static string KeyOf(ConversationId id) => id.ToString().Replace('.', ':');

    private static string? ModelOf(ConversationId id) => id.Kind == PeerKind.Model ? id.PeerId : null;

    private static string? PetOf(ConversationId id) => id.Kind == PeerKind.Pet ? id.PeerId : null;

    private static string NameOf(MessageSender sender) =>
        sender switch
        {
            MessageSender.User => "user",
            MessageSender.Model => "model",
            MessageSender.Pet => "pet",
            _ => "system",
        };

    private static string NameOf(AutomatedKind kind) =>
        kind switch
        {
            AutomatedKind.Greeting => "greeting",
            AutomatedKind.AutoResponse => "auto_response",
            AutomatedKind.TipThankYou => "tip_thank_you",
            _ => "pet_reply",
        };
}

internal sealed record MessageSentBody(
    string EventType,
    string MessageId,
    string UserId,
    string? ModelId,
    string? PetId,
    string Sender,
    string? Automated,
    string? ReplyTo,
    DateTime Timestamp
);

internal sealed record MessageReadBody(
    string EventType,
    string UserId,
    string? ModelId,
    string? PetId,
    string By,
    IReadOnlyList<string> MessageIds,
    string UpTo,
    DateTime Timestamp
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MessageSentBody))]
[JsonSerializable(typeof(MessageReadBody))]
internal sealed partial class ConversationNewsJson : JsonSerializerContext;
