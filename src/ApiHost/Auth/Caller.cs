using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>Who is calling, as the token says. Shared by all requests that bring the same token.</summary>
public sealed class Caller
{
    internal Caller(string id, ActorRole role, DateTimeOffset expiresAt, TokenBucket bucket)
    {
        Id = id;
        Role = role;
        RoleBit = role.Bit();
        ExpiresAt = expiresAt;
        Bucket = bucket;
    }

    public string Id { get; }

    public ActorRole Role { get; }

    internal Roles RoleBit { get; }

    internal DateTimeOffset ExpiresAt { get; }

    /// <summary>What is left of this caller's request limit; kept here so that a warm request looks nothing up.</summary>
    internal TokenBucket Bucket { get; set; }
}
