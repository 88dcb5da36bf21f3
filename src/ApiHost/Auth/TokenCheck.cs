using System.Diagnostics.CodeAnalysis;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>Whom a valid token speaks for, and until when.</summary>
internal sealed record TokenSubject(string Id, ActorRole Role, DateTimeOffset ExpiresAt);

internal enum TokenFault
{
    None,

    /// <summary>Not a token, forged, for somebody else, or not meant for this use. Which one is not told.</summary>
    Invalid,
    Expired,
    NotYetValid,

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
