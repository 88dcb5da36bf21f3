using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>Who is calling, as the token says. Shared by all requests that bring the same token.</summary>
public sealed class Caller
{
    internal Caller(TokenSubject subject, TokenBucket bucket)
    {
        Id = subject.Id;
        Role = subject.Role;
        RoleBit = subject.Role.Bit();
        ExpiresAt = subject.ExpiresAt;
        IssuedAt = subject.IssuedAt;
        TokenId = subject.TokenId;
        Scopes = subject.Scopes;
        Bucket = bucket;
    }

    public string Id { get; }

    public ActorRole Role { get; }

    internal Roles RoleBit { get; }

    internal DateTimeOffset ExpiresAt { get; }

    internal DateTimeOffset? IssuedAt { get; }

    internal string? TokenId { get; }

    /// <summary>What this service may do and nothing else; null for people, and for a service with the rights of its role.</summary>
    internal IReadOnlyList<string>? Scopes { get; }

    /// <summary>What is left of this caller's request limit; kept here so that a warm request looks nothing up.</summary>
    internal TokenBucket Bucket { get; set; }
}
