using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Notifications;

namespace Actors.ApiHost.Notifications;

internal sealed record NotificationListResponse(
    IReadOnlyList<NotificationResponse> Notifications,
    long Total,
    long Unread,
    int Limit,
    int Offset
);

/// <param name="Text">In the caller's language, with times in the caller's zone.</param>
/// <param name="Facts">What the text is made of, for apps that use words of their own; older notifications have none.</param>
internal sealed record NotificationResponse(
    long Id,
    string Kind,
    string Text,
    DateTimeOffset At,
    bool Read,
    NotificationFacts? Facts
)
{
    public static NotificationResponse From(NotificationItem item) =>
        new(item.Id, item.Kind, item.Text, item.At, item.Read, item.Facts);
}

/// <summary>One of the two: some by id, or all that have arrived.</summary>
internal sealed record MarkReadRequest
{
    public IReadOnlyList<long>? Ids { get; init; }

    public bool? All { get; init; }
}

internal sealed record UnreadResponse(long Unread);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(NotificationListResponse))]
[JsonSerializable(typeof(MarkReadRequest))]
[JsonSerializable(typeof(UnreadResponse))]
internal sealed partial class NotificationJson : JsonSerializerContext;
