using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Erasure;

/// <summary>When somebody may be erased, and what follows from it. Pure: knows no grain, no clock, no storage.</summary>
public static class ErasureRules
{
    /// <summary>What was on its way to the user when everything was erased has arrived by then.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromHours(1);

    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Null when it is begun already.</summary>
    public static Outcome<ErasureBegun?> Decide(
        UserErasure erasure,
        Actor actor,
        PersonKind? person,
        BalanceView balance,
        DateTimeOffset now
    ) =>
        erasure.BegunAt is not null ? (ErasureBegun?)null
        : person != PersonKind.User ? IdentityRefusals.UserNotFound
        : balance.Available.Count > 0 || balance.Held.Count > 0
            ? ErasureRefusals.TokensLeft(balance.Available.Count, balance.Held.Count)
        : new ErasureBegun(now, actor.Role, actor.Role == ActorRole.User ? null : actor.Id);

    public static UserErasure Evolve(UserErasure erasure, ErasureEvent @event) =>
        @event switch
        {
            ErasureBegun begun => erasure with { BegunAt = begun.At, Due = begun.At },
            ConversationsErased some => erasure with
            {
                UpTo = some.UpTo,
                Conversations = erasure.Conversations + some.Conversations,
                Due = some.At,
            },
            ErasurePutOff put => erasure with { Due = put.At + RetryAfter },
            ErasureEnded ended => erasure with { EndedAt = ended.At, Due = ended.At + LookAgainAfter },
            ErasureClosed => erasure with { Due = null },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}
