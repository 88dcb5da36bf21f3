using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Identity;

/// <param name="Kind">Null while nobody is known by the id.</param>
/// <param name="IsErased">For good: an id is never used again.</param>
public sealed record Person(PersonKind? Kind, bool IsErased = false)
{
    public static readonly Person Unknown = new((PersonKind?)null);

    public static Person Evolve(Person person, PersonEvent @event) =>
        @event switch
        {
            PersonIntroduced introduced => new Person(introduced.Kind),
            PersonErased => person with { IsErased = true },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PersonIntroduced), "person.introduced.v1")]
[JsonDerivedType(typeof(PersonErased), "person.erased.v1")]
public abstract record PersonEvent(DateTimeOffset At);

/// <summary>Somebody is known by this id from now on.</summary>
public sealed record PersonIntroduced(DateTimeOffset At, PersonKind Kind) : PersonEvent(At);

/// <summary>What was held about the person is being erased; the id stays taken.</summary>
public sealed record PersonErased(DateTimeOffset At) : PersonEvent(At);
