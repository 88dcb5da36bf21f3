namespace Actors.GrainInterfaces.Identity;

public enum ActorRole
{
    User,
    Model,
    Admin,
    Service,
    System,
}

/// <summary>Who asked for a change and from where; kept in the audit, never shown to the public.</summary>
[GenerateSerializer, Immutable, Alias("Actor")]
public sealed record Actor(
    [property: Id(0)] ActorRole Role,
    [property: Id(1)] string Id,
    [property: Id(2)] string? Address = null,
    [property: Id(3)] string? UserAgent = null
)
{
    public static readonly Actor System = new(ActorRole.System, "system");
}
