using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.ApiHost.Live.Streams;

/// <summary>The mood messages that a user or a model has sent or received: each as it is now, when that has changed.</summary>
internal sealed class MoodMessageStream(IGrainFactory grains) : ILiveStream
{
    public char Letter => 'm';

    public ILiveSource? Open(Caller caller) =>
        caller.IsPerson
            ? new Source(grains, grains.GetGrain<IMoodMessageBoxGrain>(caller.Id), new Actor(caller.Role, caller.Id))
            : null;

    private sealed class Source(IGrainFactory grains, IMoodMessageBoxGrain box, Actor person) : FollowedSource(box)
    {
        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var newest = Newest;
            var page = await box.Since(after, limit);
            var messages = await Task.WhenAll(
                page.Select(one => grains.GetGrain<IMoodMessageGrain>(one.Change.MessageId).Find(person))
            );
            var more = page.Count == limit;
            return new LivePage(
                [.. page.Zip(messages, Change).OfType<LiveChange>()],
                more ? page[^1].Version : Math.Max(newest, page is [.., var last] ? last.Version : 0),
                more
            );
        }

        private static LiveChange? Change(
            NumberedMoodMessageChange numbered,
            GrainInterfaces.Outcomes.Outcome<MoodMessageView> message
        ) =>
            message.Value is { } view
                ? LiveMessages.Of(
                    numbered.Version,
                    "mood_message",
                    numbered.Change.At,
                    LiveMoodMessage.Of(view),
                    LiveMoodMessageJson.Default.LiveMoodMessage
                )
                : null;
    }
}

/// <summary>What <c>GET /mood-message/{messageId}/status</c> tells, named as the live feed names things.</summary>
internal sealed record LiveMoodMessage(
    string MessageId,
    string? UserId,
    string ModelId,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageType>))] MoodMessageType MessageType,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageSender>))] MoodMessageSender Sender,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodKind>))] MoodKind DetectedMood,
    string? Content,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageStatus>))] MoodMessageStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FailedAt,
    string? FailureReason,
    string? ConversationId
)
{
    public static LiveMoodMessage Of(MoodMessageView view) =>
        new(
            view.Id,
            view.UserId,
            view.ModelId,
            view.Type,
            view.Sender,
            view.Mood.Mood,
            view.Content,
            view.Status,
            view.CreatedAt,
            view.SentAt,
            view.DeliveredAt,
            view.ReadAt,
            view.FailedAt,
            view.FailureReason,
            view.Conversation?.ToString()
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveMoodMessage))]
internal sealed partial class LiveMoodMessageJson : JsonSerializerContext;
