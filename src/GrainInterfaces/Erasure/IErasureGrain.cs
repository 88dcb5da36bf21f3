using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Erasure;

/// <summary>
/// Erases what is held about one user or model, whose id is the key: part by part, each at least once, and on after a crash. What tokens
/// did stays in the ledger. Once begun it is not taken back.
/// </summary>
[Alias("IErasureGrain")]
public interface IErasureGrain : IGrainWithStringKey
{
    /// <summary>Refused while the person has tokens. Begun already it is gone on with, and answers how far it is.</summary>
    /// <param name="kind">What the person is; refused when the id is somebody else's.</param>
    Task<Outcome<ErasureView>> Begin(Actor actor, PersonKind kind);

    /// <summary>How far it is; refused when it was never begun.</summary>
    [ReadOnly]
    Task<Outcome<ErasureView>> Get();
}

/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Changes">How much of what happened in the person's conversations has been looked at.</param>
/// <param name="Conversations">Erased so far; one may be counted more than once.</param>
[GenerateSerializer, Immutable, Alias("ErasureView")]
public sealed record ErasureView(
    [property: Id(0)] string PersonId,
    [property: Id(1)] DateTimeOffset BegunAt,
    [property: Id(2)] DateTimeOffset? EndedAt,
    [property: Id(3)] long Changes,
    [property: Id(4)] long Conversations,
    [property: Id(5)] PersonKind Kind
);
