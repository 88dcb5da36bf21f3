using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Auth;

/// <summary>Who may call a route. A route that says nothing admits anyone who is signed in.</summary>
/// <param name="ServiceScope">Which of <see cref="Scopes"/> admits a service whose token has a scope.</param>
/// <param name="Otherwise">What somebody of another role is told; null for what all routes say.</param>
public sealed record Access(Roles Roles, string? ServiceScope = null, Refusal? Otherwise = null)
{
    public static readonly Access SignedIn = new(Roles.Any);

    /// <summary>No token needed; one that is sent is not looked at.</summary>
    public static readonly Access Public = new(Roles.None);

    public bool IsPublic => Roles == Roles.None;

    internal Refusal? Refuse(Caller caller)
    {
        if (caller.Scopes is { } scopes)
        {
            return ServiceScope is not null && scopes.Contains(ServiceScope) ? null : AuthRefusals.OutOfScope;
        }
        return (Roles & caller.RoleBit) == 0 ? Otherwise ?? AuthRefusals.Forbidden : null;
    }
}

public static class AccessConventions
{
    public static TBuilder For<TBuilder>(this TBuilder routes, Roles roles, string? serviceScope = null)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Access(roles, serviceScope));

    /// <summary>The same with words of the route's own for somebody of another role.</summary>
    public static TBuilder For<TBuilder>(this TBuilder routes, Roles roles, Refusal otherwise)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Access(roles, Otherwise: otherwise));

    public static TBuilder Public<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Access.Public);
}
