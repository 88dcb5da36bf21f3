using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>Models who perform what was bought, or do not, and users who take it back; often several of them at once.</summary>
internal sealed class QueueWorkload : IWorkload
{
    public int Weight => 8;

    public Task ActAsync(Seat seat)
    {
        if (AnyHeld(seat) is not { } held)
        {
            return ReadAsync(seat, seat.AnyModel(), null);
        }
        var model = Market.ModelOf(((PurchaseItem)held.Command).MenuId);
        var (user, id) = (Counter.OwnerOf(held.Stream), ((PurchaseReceipt)held.Value!).PurchaseId);
        return seat.Chance.Below(20) switch
        {
            < 4 => StartAsync(seat, model, id),
            < 9 => PerformAsync(seat, model, id),
            < 11 => EndAsync(seat, model, Rejecting(seat, model, id)),
            < 13 => EndAsync(seat, model, Cancelling(seat, user, id)),
            13 => Task.WhenAll(
                EndAsync(seat, model, Completing(seat, model, id)),
                EndAsync(seat, model, Rejecting(seat, model, id)),
                EndAsync(seat, model, Cancelling(seat, user, id))
            ),
            14 => PauseAsync(seat, model, seat.Chance.OneIn(3)),
            _ => ReadAsync(seat, model, seat.Chance.OneIn(2) ? user : null),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            await ReadAsync(seat, $"model{number}", null);
        }
    }

    private static async Task PerformAsync(Seat seat, string model, PurchaseId id)
    {
        await StartAsync(seat, model, id);
        await EndAsync(seat, model, Completing(seat, model, id));
    }

    private static Task<Operation> StartAsync(Seat seat, string model, PurchaseId id) =>
        seat.AskAsync(
            Counter.Queue(model),
            number => new StartEntry(Authorship.Stamp(new Actor(ActorRole.Model, model), number), id),
            (grains, command) => grains.GetGrain<IQueueGrain>(model).Start(command)
        );

    private static Task<Operation> EndAsync(Seat seat, string model, object command) =>
        Counter.AskUntilToldAsync(seat, Counter.Queue(model), command);

    private static CompleteEntry Completing(Seat seat, string model, PurchaseId id) =>
        new(
            new Actor(ActorRole.Model, model),
            id,
            seat.Chance.OneIn(2) ? 100 : seat.Chance.Between(1, 99),
            Counter.NewKey(seat)
        );

    private static RejectEntry Rejecting(Seat seat, string model, PurchaseId id) =>
        new(
            seat.Chance.OneIn(2) ? Counter.Admin : new Actor(ActorRole.Model, model),
            id,
            seat.Chance.OneIn(2) ? "Not today" : null,
            Counter.NewKey(seat)
        );

    private static CancelEntry Cancelling(Seat seat, string user, PurchaseId id) =>
        new(new Actor(ActorRole.User, user), id, Counter.NewKey(seat));

    private static Task<Operation> PauseAsync(Seat seat, string model, bool paused) =>
        seat.AskAsync(
            Counter.Queue(model),
            number => new PauseQueue(Authorship.Stamp(new Actor(ActorRole.Model, model), number), paused),
            (grains, command) =>
                command.Paused
                    ? grains.GetGrain<IQueueGrain>(model).Pause(command.Actor)
                    : grains.GetGrain<IQueueGrain>(model).Resume(command.Actor)
        );

    private static Task<Operation> ReadAsync(Seat seat, string model, string? user) =>
        seat.AskAsync(
            Counter.Queue(model),
            _ => new ReadQueue(user),
            async (grains, read) => (Outcome<QueueView>)await grains.GetGrain<IQueueGrain>(model).View(read.UserId)
        );

    /// <summary>One of the newest purchases for a queue: older ones have ended by now.</summary>
    private static Operation? AnyHeld(Seat seat)
    {
        const int newest = 6;
        Operation[] held =
        [
            .. seat.Observations.Operations.Where(static operation =>
                operation.Value is PurchaseReceipt { Immediate: false }
            ),
        ];
        return held.Length == 0 ? null : seat.Chance.Pick(held[^Math.Min(newest, held.Length)..]);
    }
}
