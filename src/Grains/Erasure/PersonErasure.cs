using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Erasure;

/// <summary>How far the erasure of a person is.</summary>
/// <param name="UpTo">Changes in the person's list of conversations that were looked at.</param>
/// <param name="Due">When to go on; null before and after.</param>
/// <param name="MenusUpTo">Changes of a model's shelf that were looked at.</param>
public sealed record PersonErasure(
    DateTimeOffset? BegunAt,
    DateTimeOffset? EndedAt,
    long UpTo,
    long Conversations,
    DateTimeOffset? Due,
    PersonKind Kind = PersonKind.User,
    long MenusUpTo = 0
)
{
    public static readonly PersonErasure None = new(null, null, 0, 0, null);
}
