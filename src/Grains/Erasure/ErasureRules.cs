using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Erasure;

/// <summary>When somebody may be erased, and what follows from it. Pure: knows no grain, no clock, no storage.</summary>
public static class ErasureRules
{
    /// <summary>What was on its way to the person when everything was erased has arrived by then.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromHours(1);

    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Null when it is begun already.</summary>
    /// <param name="kind">What whoever is to be erased is said to be.</param>
    /// <param name="known">What the id is known as.</param>
    public static Outcome<ErasureBegun?> Decide(
        PersonErasure erasure,
        Actor actor,
        PersonKind kind,
        PersonKind? known,
        TokensLeft tokens,
        DateTimeOffset now
    ) =>
        (erasure.BegunAt is null ? known : erasure.Kind) != kind ? NotFound(kind)
        : erasure.BegunAt is not null ? (ErasureBegun?)null
        : tokens.Available > 0 || tokens.Held > 0 ? ErasureRefusals.TokensLeft(kind, tokens.Available, tokens.Held)
        : new ErasureBegun(
            now,
            actor.Role,
            actor.Role is ActorRole.User or ActorRole.Model ? null : actor.Id,
            kind == PersonKind.User ? null : kind
        );

    public static PersonErasure Evolve(PersonErasure erasure, ErasureEvent @event) =>
        @event switch
        {
            ErasureBegun begun => erasure with
            {
                BegunAt = begun.At,
                Due = begun.At,
                Kind = begun.Kind ?? PersonKind.User,
            },
            ConversationsErased some => erasure with
            {
                UpTo = some.UpTo,
                Conversations = erasure.Conversations + some.Conversations,
                Due = some.At,
            },
            MenusErased some => erasure with { MenusUpTo = some.UpTo, Due = some.At },
            ErasurePutOff put => erasure with { Due = put.At + RetryAfter },
            ErasureEnded ended => erasure with { EndedAt = ended.At, Due = ended.At + LookAgainAfter },
            ErasureClosed => erasure with { Due = null },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    private static Refusal NotFound(PersonKind kind) =>
        kind == PersonKind.User ? IdentityRefusals.UserNotFound : IdentityRefusals.ModelNotFound;
}

/// <summary>What a person still has, or is still to earn.</summary>
/// <param name="Held">In purchases of the user, or in the model's queue.</param>
public readonly record struct TokensLeft(long Available, long Held);
