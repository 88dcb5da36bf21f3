using System.Diagnostics.CodeAnalysis;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>Whom a valid token speaks for, and until when.</summary>
/// <param name="IssuedAt">Null when the token does not say.</param>
/// <param name="TokenId">The token's <c>jti</c>, if it has one.</param>
/// <param name="Scopes">What the token of a service says that it may do; null when it says nothing of it.</param>
internal sealed record TokenSubject(
    string Id,
    ActorRole Role,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? IssuedAt = null,
    string? TokenId = null,
    IReadOnlyList<string>? Scopes = null
);

internal enum TokenFault
{
    None,

    /// <summary>Not a token, forged, for somebody else, or not meant for this use. Which one is not told.</summary>
    Invalid,
    Expired,
    NotYetValid,

    /// <summary>Genuine, but good for longer than this system accepts.</summary>
    TooLong,

    /// <summary>Signed by a key that is not known here; perhaps a newer one.</summary>
    UnknownKey,
}

internal readonly record struct TokenCheck(TokenSubject? Subject, TokenFault Fault)
{
    public static implicit operator TokenCheck(TokenFault fault) => new(null, fault);

    public static implicit operator TokenCheck(TokenSubject subject) => new(subject, TokenFault.None);

    public bool Passed([NotNullWhen(true)] out TokenSubject? subject)
    {
        subject = Subject;
        return subject is not null;
    }
}
