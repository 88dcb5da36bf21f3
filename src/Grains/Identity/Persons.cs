using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Identity;

/// <param name="Kind">Null while nobody is known by the id.</param>
public sealed record Person(PersonKind? Kind)
{
    public static readonly Person Unknown = new((PersonKind?)null);

    public static Person Evolve(Person person, PersonEvent @event) =>
        @event switch
        {
            PersonIntroduced introduced => new Person(introduced.Kind),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PersonIntroduced), "person.introduced.v1")]
public abstract record PersonEvent(DateTimeOffset At);

/// <summary>Somebody is known by this id from now on.</summary>
public sealed record PersonIntroduced(DateTimeOffset At, PersonKind Kind) : PersonEvent(At);
