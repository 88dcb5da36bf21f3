using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>Which tokens are refused although they are genuine. There is one such grain; its key is <see cref="Key"/>.</summary>
[Alias("IRevocationsGrain")]
public interface IRevocationsGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Revokes, and answers with all that is revoked then. A token that is revoked already changes nothing.</summary>
    Task<Outcome<RevocationList>> Revoke(RevokeTokens command);

    /// <summary>All that is revoked; null when it is what it was at a version. Hosts ask every second.</summary>
    [ReadOnly]
    ValueTask<RevocationList?> Since(long version);
}

public enum RevokedKind
{
    /// <summary>Every token of a subject, or of one role of it, that was issued until then.</summary>
    Subject,

    /// <summary>The one token with this <c>jti</c>.</summary>
    Token,
}

/// <param name="Role">Of a subject: only tokens with this role. An admin or a service may share an id with a person.</param>
[GenerateSerializer, Immutable, Alias("RevokeTokens")]
public sealed record RevokeTokens(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] RevokedKind Kind,
    [property: Id(2)] string Value,
    [property: Id(3)] string Reason,
    [property: Id(4)] ActorRole? Role = null
);

/// <param name="Value">A subject, or a <c>jti</c>.</param>
/// <param name="Until">From then on no token can be left that it is about.</param>
/// <param name="RevokedBy">The admin's id.</param>
/// <param name="Role">Null when tokens of every role are meant.</param>
[GenerateSerializer, Immutable, Alias("Revocation")]
public sealed record Revocation(
    [property: Id(0)] RevokedKind Kind,
    [property: Id(1)] string Value,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] DateTimeOffset Until,
    [property: Id(4)] string Reason,
    [property: Id(5)] string RevokedBy,
    [property: Id(6)] ActorRole? Role = null
)
{
    /// <summary>How long one is in force: no token is accepted for longer, whatever the settings, a minute of skew included.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(367);
}

/// <param name="Version">Grows with every change.</param>
[GenerateSerializer, Immutable, Alias("RevocationList")]
public sealed record RevocationList(
    [property: Id(0)] long Version,
    [property: Id(1)] IReadOnlyList<Revocation> Revocations
);
