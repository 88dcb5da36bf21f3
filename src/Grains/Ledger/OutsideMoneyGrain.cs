using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Durability;

namespace Actors.Grains.Ledger;

[GrainType("outside-money")]
public sealed class OutsideMoneyGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<OutsideBook, OutsideEvent>(context, services, Definition),
        IOutsideMoneyGrain
{
    private static readonly Aggregate<OutsideBook, OutsideEvent> Definition = new()
    {
        Initial = OutsideBook.Empty,
        Evolve = OutsideBook.Evolve,
        EventJson = OutsideJson.Default.OutsideEvent,
        StateJson = OutsideJson.Default.OutsideBook,
    };

    public Task Take(Delivery delivery, OutsideMovement movement) =>
        CommitOnce(delivery, () => OutsideBook.Decide(movement, Now));

    public async Task<OutsideFigures> Figures()
    {
        await ProveNewestAsync();
        return new OutsideFigures(DurableVersion, Durable.Figures());
    }
}
