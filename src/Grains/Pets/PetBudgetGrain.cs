using Actors.GrainInterfaces.Pets;
using Actors.Grains.Durability;

namespace Actors.Grains.Pets;

[GrainType("pet-budget")]
public sealed class PetBudgetGrain(IGrainContext context, DurableServices services, PetOptions options)
    : EventSourcedGrain<PetBudget, PetBudgetEvent>(context, services, Definition),
        IPetBudgetGrain
{
    private static readonly Aggregate<PetBudget, PetBudgetEvent> Definition = new()
    {
        Initial = PetBudget.Fresh,
        Evolve = PetBudgetRules.Evolve,
        EventJson = PetJson.Default.PetBudgetEvent,
        StateJson = PetJson.Default.PetBudget,
    };

    public async Task<long?> Reserve(long tokens)
    {
        if (PetBudgetRules.DecideReservation(Current, tokens, options.TokensPerDay, Now) is not { } reserved)
        {
            return null;
        }
        await Commit(reserved);
        return reserved.Reservation;
    }

    public Task Settle(long reservation, long used) =>
        PetBudgetRules.DecideSettlement(Current, reservation, used, Now) is { } settled
            ? Commit(settled)
            : WhenDurable();

    public Task<long> Used() => Task.FromResult(PetBudgetRules.UsedOn(Durable, Now));
}
