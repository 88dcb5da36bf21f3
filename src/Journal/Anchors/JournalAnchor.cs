using System.Text.Json.Serialization;
using Actors.Journal.Format;

namespace Actors.Journal.Anchors;

/// <summary>What a journal held at a moment, to be kept outside of its directory.</summary>
internal sealed record JournalAnchor(DateTimeOffset At, IReadOnlyList<AnchoredLog> Logs)
{
    public AnchoredLog? Find(string name) => Logs.FirstOrDefault(log => log.Name == name);
}

/// <param name="Name">As in the saved index: main, or retained and a category.</param>
/// <param name="Id">Made with the log and written in each of its segments.</param>
/// <param name="Segment">The segment in which the log ended.</param>
/// <param name="Offset">Where in the segment.</param>
/// <param name="Batches">The number of the newest batch.</param>
/// <param name="Records">How many records there were; 0 for logs whose old records go.</param>
/// <param name="Digest">
/// Over the chain hash of every record, in the order of the log, and so over the head of every stream. Empty for logs whose old
/// records go.
/// </param>
/// <param name="Newest">The newest batch, by which another past shows at once; null when nothing was written yet.</param>
internal sealed record AnchoredLog(
    string Name,
    Guid Id,
    int Segment,
    long Offset,
    long Batches,
    long Records,
    string Digest,
    AnchoredBatch? Newest
)
{
    [JsonIgnore]
    public Position End => new(Segment, Offset);
}

/// <param name="Sha256">Of its bytes as they are stored.</param>
internal sealed record AnchoredBatch(int Segment, long Offset, int Length, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalAnchor))]
internal sealed partial class AnchorJson : JsonSerializerContext;
