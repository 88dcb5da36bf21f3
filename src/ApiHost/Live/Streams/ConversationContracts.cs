using System.Text.Json.Serialization;
using Actors.ApiHost.Conversations;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Conversations;

namespace Actors.ApiHost.Live.Streams;

/// <param name="PeerId">The other side of the conversation.</param>
/// <param name="By">Who has read, or cleared: <c>me</c> on another device, or <c>peer</c>.</param>
/// <param name="MessageIds">Empty for everything up to then.</param>
internal sealed record LiveReading(string PeerId, string By, IReadOnlyList<string> MessageIds)
{
    public static LiveReading Of(ConversationChange change, Side side) =>
        new(
            side == Side.User ? change.Conversation.PeerId : change.Conversation.UserId,
            change.By == side ? "me" : "peer",
            [.. change.Numbers.Select(number => new MessageId(change.Conversation, number).ToString())]
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(LiveReading))]
internal sealed partial class LiveConversationJson : JsonSerializerContext;
