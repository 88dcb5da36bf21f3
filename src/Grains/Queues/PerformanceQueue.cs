using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Ledger;

namespace Actors.Grains.Queues;

/// <summary>A model's queue as the fold of its events. Of what is finished it only knows where that is written.</summary>
/// <param name="Version">The number of the newest event.</param>
/// <param name="LastTicket">The highest that has come in.</param>
/// <param name="Entries">In the order in which they are served.</param>
/// <param name="Cancels">What buyers have cancelled of late, oldest first.</param>
/// <param name="Keys">Fingerprint of caller and idempotency key → version of the end that it led to.</param>
/// <param name="Finished">Fingerprint of a purchase → version of its end.</param>
public sealed record PerformanceQueue(
    long Version,
    StreamClock Clock,
    bool Paused,
    long LastTicket,
    ImmutableArray<QueuedEntry> Entries,
    LearnedDurations Learned,
    ImmutableArray<BuyerCancel> Cancels,
    NumberMap Keys,
    NumberMap Finished
)
{
    public static readonly PerformanceQueue Empty = new(
        0,
        default,
        false,
        0,
        [],
        LearnedDurations.None,
        [],
        NumberMap.Empty,
        NumberMap.Empty
    );

    /// <summary>When the first entry times out.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextTimeout => Entries.IsEmpty ? null : Entries.Min(static entry => entry.ExpiresAt);

    public QueuedEntry? Find(PurchaseId id)
    {
        foreach (var entry in Entries)
        {
            if (entry.PurchaseId == id)
            {
                return entry;
            }
        }
        return null;
    }

    /// <summary>Whether it ended here, unless fingerprints agree by chance: the event tells.</summary>
    public bool HasFinished(PurchaseId id, out long version) => Finished.TryGet(FingerprintOf(id), out version);

    public static ulong FingerprintOf(PurchaseId id) => Fingerprint.Of("", id.ToString());

    public PerformanceQueue With(QueuedEntry entry)
    {
        var place = Entries.Length;
        while (place > 0 && entry.IsBefore(Entries[place - 1]))
        {
            place--;
        }
        return this with { Entries = Entries.Insert(place, entry) };
    }

    public PerformanceQueue Without(PurchaseId id) =>
        this with
        {
            Entries = Entries.RemoveAll(entry => entry.PurchaseId == id),
        };
}
