using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Queues;

/// <summary>
/// A buyer took something back that waited. It costs nothing, so it is counted: who buys and cancels in turn would keep a
/// model's queue, inbox and page busy for free.
/// </summary>
public sealed record BuyerCancel(string UserId, DateTimeOffset At)
{
    public const int MostKept = 1_000;

    public static readonly TimeSpan CountsFor = TimeSpan.FromMinutes(10);

    [JsonIgnore]
    public DateTimeOffset CountsUntil => At + CountsFor;

    public bool CountsAt(DateTimeOffset now) => now < CountsUntil;

    public static ImmutableArray<BuyerCancel> With(ImmutableArray<BuyerCancel> cancels, EntryEnded ended)
    {
        if (ended.Kind != SettlementKind.Cancelled)
        {
            return cancels;
        }
        var counting = cancels.RemoveAll(cancel => !cancel.CountsAt(ended.At));
        return (counting.Length < MostKept ? counting : counting.RemoveAt(0)).Add(
            new BuyerCancel(ended.Entry.UserId, ended.At)
        );
    }
}
