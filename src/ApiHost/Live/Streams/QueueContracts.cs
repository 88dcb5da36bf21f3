using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Queues;

namespace Actors.ApiHost.Live.Streams;

/// <summary>A queue as it is: for its model the first entries, for a user their own.</summary>
/// <param name="Length">How many entries it has, whoever asks.</param>
internal sealed record LiveQueue(string ModelId, bool Paused, int Length, IReadOnlyList<LiveQueueEntry> Entries)
{
    public const int MaxEntries = 50;

    public static LiveQueue OfModel(QueueView queue) =>
        Of(queue, static entry => LiveQueueEntry.Of(entry) with { UserId = entry.UserId });

    public static LiveQueue OfUser(QueueView queue) => Of(queue, LiveQueueEntry.Of);

    private static LiveQueue Of(QueueView queue, Func<QueueEntry, LiveQueueEntry> entry) =>
        new(queue.ModelId, queue.Paused, queue.Length, [.. queue.Entries.Take(MaxEntries).Select(entry)]);
}

internal sealed record LiveQueueEntry(
    string PurchaseId,
    string? UserId,
    string ItemName,
    long Tokens,
    int Position,
    int EstimatedWaitMinutes,
    [property: JsonConverter(typeof(StrictEnumConverter<EntryStatus>))] EntryStatus Status
)
{
    public static LiveQueueEntry Of(QueueEntry entry) =>
        new(
            entry.PurchaseId.ToString(),
            null,
            entry.ItemName,
            entry.Tokens.Count,
            entry.Position,
            entry.WaitMinutes,
            entry.Status
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(LiveQueue))]
internal sealed partial class LiveQueueJson : JsonSerializerContext;
