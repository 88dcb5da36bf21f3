using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// Deliveries by number, and by the time at which each wants to be looked at. A fixed number of them may be under way at
/// once; that is part of the state, so that it holds across crashes.
/// </summary>
public sealed class DeliveryQueue
{
    /// <summary>Tries under way at once, for one app.</summary>
    public const int MaxUnderWay = 8;

    public static readonly DeliveryQueue Empty = new([]);

    private readonly ImmutableSortedDictionary<long, QueuedDelivery> _byNumber;
    private readonly ImmutableSortedSet<(DateTimeOffset Due, long Number)> _waiting;
    private readonly ImmutableSortedSet<(DateTimeOffset Due, long Number)> _underWay;

    [JsonConstructor]
    public DeliveryQueue(IEnumerable<QueuedDelivery> all)
    {
        _byNumber = all.ToImmutableSortedDictionary(static delivery => delivery.Number, static delivery => delivery);
        var byStage = _byNumber.Values.ToLookup(static delivery => delivery.UnderWay, Entry);
        (_waiting, _underWay) = ([.. byStage[false]], [.. byStage[true]]);
    }

    private DeliveryQueue(
        ImmutableSortedDictionary<long, QueuedDelivery> byNumber,
        ImmutableSortedSet<(DateTimeOffset Due, long Number)> waiting,
        ImmutableSortedSet<(DateTimeOffset Due, long Number)> underWay
    ) => (_byNumber, _waiting, _underWay) = (byNumber, waiting, underWay);

    /// <summary>Oldest first.</summary>
    public IEnumerable<QueuedDelivery> All => _byNumber.Values;

    [JsonIgnore]
    public int Count => _byNumber.Count;

    [JsonIgnore]
    public bool HasFreePlace => _underWay.Count < MaxUnderWay;

    [JsonIgnore]
    public long? OldestNumber => _byNumber.IsEmpty ? null : _byNumber.Keys.First();

    /// <summary>When something can be done: a try begun, or one that is under way given up as lost.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? lost = _underWay.IsEmpty ? null : _underWay.Min.Due;
            DateTimeOffset? next = _waiting.IsEmpty || !HasFreePlace ? null : _waiting.Min.Due;
            return lost is null || next < lost ? next : lost;
        }
    }

    public QueuedDelivery? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>Adds a delivery, or replaces it by what became of it.</summary>
    public DeliveryQueue With(QueuedDelivery delivery)
    {
        var rest = Without(delivery.Number);
        var byNumber = rest._byNumber.Add(delivery.Number, delivery);
        return delivery.UnderWay
            ? new DeliveryQueue(byNumber, rest._waiting, rest._underWay.Add(Entry(delivery)))
            : new DeliveryQueue(byNumber, rest._waiting.Add(Entry(delivery)), rest._underWay);
    }

    public DeliveryQueue Without(long number) =>
        Find(number) is { } found
            ? new DeliveryQueue(_byNumber.Remove(number), _waiting.Remove(Entry(found)), _underWay.Remove(Entry(found)))
            : this;

    /// <summary>What can be begun now: lost tries first, then the longest due, within the free places.</summary>
    public ImmutableArray<QueuedDelivery> Startable(DateTimeOffset now)
    {
        var lost = _underWay.TakeWhile(entry => entry.Due <= now).ToList();
        var free = MaxUnderWay - _underWay.Count + lost.Count;
        var due = _waiting.TakeWhile(entry => entry.Due <= now);
        return [.. lost.Concat(due).Take(free).Select(entry => _byNumber[entry.Number])];
    }

    private static (DateTimeOffset Due, long Number) Entry(QueuedDelivery delivery) => (delivery.Due, delivery.Number);
}
