using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;

namespace Actors.Grains.Moods;

/// <summary>A model's mood as the fold of its events.</summary>
/// <param name="CustomMessage">Sealed, like <paramref name="AdminReason"/>.</param>
/// <param name="LastUpdated">Null while nobody has ever set it.</param>
/// <param name="UpdatedBy">The last person who set it; an expiry does not count as one.</param>
/// <param name="RecentChanges">The model's own changes that may still count against the limit, oldest first.</param>
public sealed record Mood(
    MoodState State,
    string? CustomMessage,
    bool AutoRespond,
    int ResponseDelay,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUpdated,
    ActorRole? UpdatedBy,
    string? AdminReason,
    ImmutableList<DateTimeOffset> RecentChanges
)
{
    public static readonly Mood Neutral = new(MoodState.Neutral, null, false, 0, null, null, null, null, []);
}
