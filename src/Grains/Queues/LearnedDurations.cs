using System.Collections.Immutable;

namespace Actors.Grains.Queues;

/// <summary>What has been learned about each item; of more than <see cref="Kept"/>, those delivered most recently.</summary>
public sealed record LearnedDurations(ImmutableDictionary<string, ItemDurations> Items)
{
    public const int Kept = 200;

    public static readonly LearnedDurations None = new(ImmutableDictionary<string, ItemDurations>.Empty);

    public ExpectedDuration? Of(string itemId) => Items.TryGetValue(itemId, out var known) ? known.Expected : null;

    public LearnedDurations With(string itemId, TimeSpan duration, long version)
    {
        if (Items.TryGetValue(itemId, out var known))
        {
            return new LearnedDurations(Items.SetItem(itemId, known.With(duration, version)));
        }
        var kept = Items.Count < Kept ? Items : Items.Remove(Items.MinBy(static item => item.Value.LearnedAt).Key);
        return new LearnedDurations(kept.Add(itemId, ItemDurations.Of(duration, version)));
    }
}
