using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.ApiHost.MoodMessages;

internal sealed record SendMoodMessageRequest
{
    [JsonConverter(typeof(StrictEnumConverter<MoodMessageType>))]
    public MoodMessageType? MessageType { get; init; }

    public string? ModelId { get; init; }

    public string? UserId { get; init; }

    public string? Content { get; init; }

    public string? TemplateId { get; init; }

    public string? IdempotencyKey { get; init; }
}

/// <summary>A mood message as it stands now.</summary>
/// <param name="UserId">Null for what is public.</param>
/// <param name="Content">Null once its conversation was erased or the message taken back, and for admins, who do not read private ones.</param>
/// <param name="UserTier">The user's membership when it was sent; null for what is public.</param>
/// <param name="RetryCount">Tries to deliver it after the first one, the next one included while it waits.</param>
/// <param name="FailureReason">A code; null unless it failed.</param>
/// <param name="TakenBackAt">Of what was public and is no longer shown.</param>
/// <param name="EstimatedDeliveryAt">When it goes out for the first time; in the answer to sending only.</param>
internal sealed record MoodMessageResponse(
    string MessageId,
    string? UserId,
    string ModelId,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageType>))] MoodMessageType MessageType,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageSender>))] MoodMessageSender Sender,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodKind>))] MoodKind DetectedMood,
    int MoodConfidence,
    string? TemplateId,
    string? Content,
    [property: JsonConverter(typeof(StrictEnumConverter<Membership>))] Membership? UserTier,
    int Priority,
    [property: JsonConverter(typeof(StrictEnumConverter<MoodMessageStatus>))] MoodMessageStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FailedAt,
    int RetryCount,
    string? FailureReason,
    string? ConversationId,
    bool IsAutomated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EstimatedDeliveryAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? TakenBackAt = null
)
{
    public static MoodMessageResponse From(MoodMessageView view) =>
        new(
            view.Id,
            view.UserId,
            view.ModelId,
            view.Type,
            view.Sender,
            view.Mood.Mood,
            view.Mood.Confidence,
            view.TemplateId,
            view.Content,
            view.Tier,
            view.Priority,
            view.Status,
            view.CreatedAt,
            view.SentAt,
            view.DeliveredAt,
            view.ReadAt,
            view.FailedAt,
            view.Retries,
            view.FailureReason,
            view.Conversation?.ToString(),
            view.IsAutomated,
            TakenBackAt: view.TakenBackAt
        );
}

/// <param name="Next">Passed as <c>cursor</c> it gives the next page; null on the last one.</param>
internal sealed record MoodMessageListResponse(
    IReadOnlyList<MoodMessageResponse> Messages,
    long Total,
    int Limit,
    int Offset,
    bool HasMore,
    string? Next
);

/// <param name="ByTier">By the user's membership; what is public has none.</param>
/// <param name="DeliverySuccessRate">What was delivered ÷ what has come to an end, 0 to 1; 0 while nothing has.</param>
internal sealed record MoodMessageAnalyticsResponse(
    DateOnly From,
    DateOnly To,
    long TotalMessages,
    IReadOnlyDictionary<string, long> ByType,
    IReadOnlyDictionary<string, long> ByMood,
    IReadOnlyDictionary<string, long> ByTier,
    IReadOnlyDictionary<string, long> ByStatus,
    double DeliverySuccessRate
)
{
    public static MoodMessageAnalyticsResponse Of(MoodMessageReport report) =>
        new(
            report.From,
            report.To,
            report.Sums.Total,
            Named(report.Sums.Types),
            Named(report.Sums.Moods),
            Named(report.Sums.Tiers),
            Named(report.Sums.Statuses),
            report.DeliverySuccessRate
        );

    private static Dictionary<string, long> Named<T>(IReadOnlyDictionary<T, long> counts)
        where T : struct, Enum =>
        counts
            .OrderBy(static count => count.Key)
            .ToDictionary(static count => StrictEnumConverter<T>.NameOf(count.Key), static count => count.Value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(SendMoodMessageRequest))]
[JsonSerializable(typeof(MoodMessageResponse))]
[JsonSerializable(typeof(MoodMessageListResponse))]
[JsonSerializable(typeof(MoodMessageAnalyticsResponse))]
internal sealed partial class MoodMessageJson : JsonSerializerContext;
