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
        Key = KeyOf(role, id);
        RoleBit = role.Bit();
        HasArrived = role is not (ActorRole.User or ActorRole.Model);
        ExpiresAt = expiresAt;
        Bucket = bucket;
    }

    public string Id { get; }

    public ActorRole Role { get; }

    /// <summary>
    /// Whose inbox, limits and live connections these are: the id of a person; admins and services are kinds of their own.
    /// </summary>
    public string Key { get; }

    /// <summary>Whether this person is known to be the one of the id; see <see cref="Identity.Arrivals"/>.</summary>
    internal bool HasArrived { get; set; }

    internal Roles RoleBit { get; }

    internal DateTimeOffset ExpiresAt { get; }

    internal static string KeyOf(ActorRole role, string id) =>
        role is ActorRole.User or ActorRole.Model ? id : $"{RoleNames.Of(role)}:{id}";

    /// <summary>What is left of this caller's request limit; kept here so that a warm request looks nothing up.</summary>
    internal TokenBucket Bucket { get; set; }
}
