using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Identity;

/// <summary>What the platform knows about one model; the key is the model's id. Unknown until an admin registers it.</summary>
[Alias("IModelProfileGrain")]
public interface IModelProfileGrain : IGrainWithStringKey
{
    [ReadOnly]
    ValueTask<Outcome<ModelProfile>> Get();

    /// <summary>Registers the model, or renames it.</summary>
    Task<Outcome<ModelProfile>> Register(RegisterModel command);

    /// <summary>Accepts the mood messaging terms; accepting again changes nothing.</summary>
    Task<Outcome<ModelProfile>> AcceptMoodTerms(Actor actor);
}

[GenerateSerializer, Immutable, Alias("ModelProfile")]
public sealed record ModelProfile(
    [property: Id(0)] string ModelId,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] DateTimeOffset RegisteredAt,
    [property: Id(3)] DateTimeOffset? MoodTermsAcceptedAt
)
{
    public bool MoodTermsAccepted => MoodTermsAcceptedAt is not null;
}

[GenerateSerializer, Immutable, Alias("RegisterModel")]
public sealed record RegisterModel([property: Id(0)] Actor Actor, [property: Id(1)] string DisplayName);
