using Actors.Journal;

namespace Actors.Grains.Durability;

/// <summary>Makes sure that a grain with something left to do is woken, whatever is killed meanwhile.</summary>
public interface IWakeUps
{
    /// <summary>
    /// Runs before the append of a commit that leaves something to do at <paramref name="wakeAt"/>. When it has
    /// completed, a crash right after the append cannot make the grain be forgotten.
    /// </summary>
    ValueTask BeforeCommitAsync(Grain grain, DateTimeOffset wakeAt);

    /// <summary>The grain was woken and has something left to do at <paramref name="wakeAt"/>, or nothing.</summary>
    ValueTask AfterWakeAsync(Grain grain, DateTimeOffset? wakeAt);

    /// <summary>The activation ends because another one has written, and may need to be woken otherwise than this one thought.</summary>
    ValueTask OvertakenAsync(Grain grain);

    /// <summary>The activation ends here and can no longer keep its own time.</summary>
    void Asleep(StreamId stream, DateTimeOffset? wakeAt);
}
