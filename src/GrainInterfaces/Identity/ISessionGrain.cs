using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>
/// One browser that is signed in to the pages; the key is a digest of the secret in its cookie. A grain, so that every API
/// host knows the session, it survives restarts, and signing out ends it everywhere.
/// </summary>
[Alias("ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Begins a session that ends with the token, after <see cref="Session.Longest"/> at the latest.</summary>
    Task<Session> Open(OpenSession command);

    /// <summary>Null for one that never was, or has ended.</summary>
    [ReadOnly]
    ValueTask<Session?> Find();

    /// <summary>Ending what is not open changes nothing.</summary>
    Task End();
}

[GenerateSerializer, Immutable, Alias("OpenSession")]
public sealed record OpenSession(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] DateTimeOffset TokenExpiresAt,
    [property: Id(2)] DateTimeOffset? TokenIssuedAt = null,
    [property: Id(3)] string? TokenId = null
);

/// <param name="TokenIssuedAt">Of the token that it was opened with, whose revocation ends it.</param>
[GenerateSerializer, Immutable, Alias("Session")]
public sealed record Session(
    [property: Id(0)] ActorRole Role,
    [property: Id(1)] string SubjectId,
    [property: Id(2)] DateTimeOffset ExpiresAt,
    [property: Id(3)] DateTimeOffset? TokenIssuedAt = null,
    [property: Id(4)] string? TokenId = null
)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
}
