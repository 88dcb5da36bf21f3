using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Notifications;

namespace Actors.ApiHost.Live.Streams;

internal sealed record LiveNotification(long Id, string Kind, string Text, bool Read, NotificationFacts? Facts)
{
    public static LiveNotification Of(NotificationItem item) =>
        new(item.Id, item.Kind, item.Text, item.Read, item.Facts);
}

internal sealed record LiveUnread(long Unread);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveNotification))]
[JsonSerializable(typeof(LiveUnread))]
internal sealed partial class LiveNotificationJson : JsonSerializerContext;
