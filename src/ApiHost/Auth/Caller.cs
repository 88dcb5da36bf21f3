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
        Key = KeyOf(subject.Role, subject.Id);
        RoleBit = subject.Role.Bit();
        HasArrived = subject.Role is not (ActorRole.User or ActorRole.Model);
        ExpiresAt = subject.ExpiresAt;
        IssuedAt = subject.IssuedAt;
        TokenId = subject.TokenId;
        Scopes = subject.Scopes;
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

    /// <summary>A user or a model, who sees what is hers; admins and services see what is anybody's.</summary>
    public bool IsPerson => Role is ActorRole.User or ActorRole.Model;

    /// <summary>From when on, in UTC ticks, a request is the first of its day; see <see cref="Activity.SignIns"/>.</summary>
    internal long SignInDue { get; set; }

    internal Roles RoleBit { get; }

    internal DateTimeOffset ExpiresAt { get; }

    internal DateTimeOffset? IssuedAt { get; }

    internal string? TokenId { get; }

    /// <summary>What this service may do and nothing else; null for people, and for a service with the rights of its role.</summary>
    internal IReadOnlyList<string>? Scopes { get; }

    internal static string KeyOf(ActorRole role, string id) =>
        role is ActorRole.User or ActorRole.Model ? id : $"{RoleNames.Of(role)}:{id}";

    /// <summary>What is left of this caller's request limit; kept here so that a warm request looks nothing up.</summary>
    internal TokenBucket Bucket { get; set; }

    /// <summary>What is left of what this person may write; null until something is written.</summary>
    internal TokenBucket? Written { get; set; }
}
