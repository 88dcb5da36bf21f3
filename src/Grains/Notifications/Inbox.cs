using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Notifications;

namespace Actors.Grains.Notifications;

/// <summary>A person's inbox as the fold of its events; bounded, whatever arrives.</summary>
/// <param name="Received">How many have ever arrived, which is also the id of the newest.</param>
/// <param name="Kept">The newest ones, oldest first, with ids up to <paramref name="Received"/> and no gap.</param>
/// <param name="ReadUpTo">Everything up to this id is read.</param>
/// <param name="ReadBeyond">Ids above that which are read as well.</param>
/// <param name="IsErased">For good: nothing is taken in any more.</param>
public sealed record Inbox(
    long Received,
    ImmutableList<Notification> Kept,
    long ReadUpTo,
    ImmutableSortedSet<long> ReadBeyond,
    bool IsErased = false
)
{
    public static readonly Inbox Empty = new(0, [], 0, []);

    [JsonIgnore]
    public long Unread => Received - ReadUpTo - ReadBeyond.Count;

    [JsonIgnore]
    public long OldestKept => Received - Kept.Count + 1;

    public bool IsRead(long id) => id <= ReadUpTo || ReadBeyond.Contains(id);
}
