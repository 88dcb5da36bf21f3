using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

/// <summary>What is revoked, for all hosts.</summary>
[GrainType("revocations")]
public sealed class RevocationsGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<RevocationBook, RevocationEvent>(context, services, Definition),
        IRevocationsGrain
{
    private static readonly Aggregate<RevocationBook, RevocationEvent> Definition = new()
    {
        Initial = RevocationBook.Empty,
        Evolve = RevocationRules.Evolve,
        EventJson = IdentityJson.Default.RevocationEvent,
        StateJson = IdentityJson.Default.RevocationBook,
    };

    public Task<Outcome<RevocationList>> Revoke(RevokeTokens command) =>
        Apply<TokensRevoked?, RevocationList>(
            RevocationRules.Decide(Current, command, Now),
            () => RevocationRules.View(Durable, DurableVersion)
        );

    public ValueTask<RevocationList?> Since(long version) =>
        new(DurableVersion == version ? null : RevocationRules.View(Durable, DurableVersion));
}
