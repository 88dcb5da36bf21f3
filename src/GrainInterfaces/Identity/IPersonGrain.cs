using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>Whose an id is; the key is the id. Users and models share one space of ids, and an id is one person's for good.</summary>
[Alias("IPersonGrain")]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>What the person is; null while nobody is known by this id, and for one who was erased.</summary>
    [ReadOnly]
    ValueTask<PersonKind?> Find();

    [ReadOnly]
    ValueTask<bool> IsErased();

    /// <summary>The person comes, or is announced, as this; refused when the id is known as the other.</summary>
    ValueTask<Outcome<Done>> Introduce(PersonKind kind);

    /// <summary>From here on nobody is let in by this id, and nobody else gets it; erasing again changes nothing.</summary>
    Task Erase();
}

public enum PersonKind
{
    User,
    Model,
}
