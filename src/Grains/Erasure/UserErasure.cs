namespace Actors.Grains.Erasure;

/// <summary>How far the erasure of a user is.</summary>
/// <param name="UpTo">Changes in the user's list of conversations that were looked at.</param>
/// <param name="Due">When to go on; null before and after.</param>
public sealed record UserErasure(
    DateTimeOffset? BegunAt,
    DateTimeOffset? EndedAt,
    long UpTo,
    long Conversations,
    DateTimeOffset? Due
)
{
    public static readonly UserErasure None = new(null, null, 0, 0, null);
}
