using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Auth;

/// <summary>Who may call a route. A route that says nothing admits anyone who is signed in.</summary>
/// <param name="Otherwise">What somebody of another role is told; null for what all routes say.</param>
public sealed record Access(Roles Roles, Refusal? Otherwise = null)
{
    public static readonly Access SignedIn = new(Roles.Any);

    /// <summary>No token needed; one that is sent is not looked at.</summary>
    public static readonly Access Public = new(Roles.None);

    public bool IsPublic => Roles == Roles.None;
}

public static class AccessConventions
{
    public static TBuilder For<TBuilder>(this TBuilder routes, Roles roles)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Access(roles));

    /// <summary>The same with words of the route's own for somebody of another role.</summary>
    public static TBuilder For<TBuilder>(this TBuilder routes, Roles roles, Refusal otherwise)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Access(roles, otherwise));

    public static TBuilder Public<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Access.Public);
}
