using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>What the platform knows about one model; the key is the model's id. Unknown until an admin registers it.</summary>
[Alias("IModelProfileGrain")]
public interface IModelProfileGrain : IGrainWithStringKey
{
    [ReadOnly]
    ValueTask<Outcome<ModelProfile>> Get();

    /// <summary>Registers the model, or changes what is given of the profile.</summary>
    Task<Outcome<ModelProfile>> Register(RegisterModel command);

    /// <summary>Accepts the mood messaging terms; accepting again changes nothing.</summary>
    Task<Outcome<ModelProfile>> AcceptMoodTerms(Actor actor);

    /// <summary>Destroys the model's key: what she has said anywhere is unreadable from then on. Erasing again changes nothing.</summary>
    Task Erase();
}

/// <param name="Language">"en" or "es".</param>
/// <param name="TimeZone">An IANA name such as "America/Bogota".</param>
/// <param name="Restricted">Whether the model may earn no tokens.</param>
/// <param name="Flagged">Whether somebody should look at the model; changes nothing by itself.</param>
[GenerateSerializer, Immutable, Alias("ModelProfile")]
public sealed record ModelProfile(
    [property: Id(0)] string ModelId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] DateTimeOffset RegisteredAt,
    [property: Id(3)] DateTimeOffset? MoodTermsAcceptedAt,
    [property: Id(4)] string Language,
    [property: Id(5)] string TimeZone,
    [property: Id(6)] bool Restricted,
    [property: Id(7)] bool Flagged
)
{
    public bool MoodTermsAccepted => MoodTermsAcceptedAt is not null;
}

/// <summary>Sets what is given and leaves what is null as it was; a new model needs a name.</summary>
[GenerateSerializer, Immutable, Alias("RegisterModel")]
public sealed record RegisterModel(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string? DisplayName = null,
    [property: Id(2)] string? Language = null,
    [property: Id(3)] string? TimeZone = null,
    [property: Id(4)] bool? Restricted = null,
    [property: Id(5)] bool? Flagged = null
);
