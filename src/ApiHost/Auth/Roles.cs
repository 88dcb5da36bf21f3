using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth;

/// <summary>The roles that a route admits.</summary>
[Flags]
public enum Roles
{
    None = 0,
    User = 1,
    Model = 2,
    Admin = 4,
    Service = 8,
    Any = User | Model | Admin | Service,
}

/// <summary>How roles are written in the <c>role</c> claim. No token can claim <see cref="ActorRole.System"/>.</summary>
public static class RoleNames
{
    public static string Of(ActorRole role) =>
        role switch
        {
            ActorRole.User => "user",
            ActorRole.Model => "model",
            ActorRole.Admin => "admin",
            ActorRole.Service => "service",
            _ => "system",
        };

    public static bool TryParse(string? text, out ActorRole role)
    {
        (var known, role) = text switch
        {
            "user" => (true, ActorRole.User),
            "model" => (true, ActorRole.Model),
            "admin" => (true, ActorRole.Admin),
            "service" => (true, ActorRole.Service),
            _ => (false, ActorRole.User),
        };
        return known;
    }

    internal static Roles Bit(this ActorRole role) =>
        role switch
        {
            ActorRole.User => Roles.User,
            ActorRole.Model => Roles.Model,
            ActorRole.Admin => Roles.Admin,
            ActorRole.Service => Roles.Service,
            _ => Roles.None,
        };
}
