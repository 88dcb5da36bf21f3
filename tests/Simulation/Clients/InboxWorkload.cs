using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Simulation.Tests.Clients;

internal sealed class InboxWorkload : IWorkload
{
    public int Weight => 4;

    public Task ActAsync(Seat seat)
    {
        var model = seat.AnyModel();
        return seat.Chance.OneIn(3)
            ? MarkReadAsync(seat, model)
            : ReadAsync(seat, model, seat.Chance.Between(1, 20), seat.Chance.Below(4));
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            await ReadAsync(seat, $"model{number}", INotificationInboxGrain.Kept, 0);
        }
    }

    private static Task<Operation> ReadAsync(Seat seat, string model, int limit, int offset) =>
        seat.AskAsync(
            $"inbox/{model}",
            _ => new ReadInbox(limit, offset),
            async (grains, read) =>
                (Outcome<NotificationPage>)await InboxOf(grains, model).List(read.Limit, read.Offset)
        );

    private static Task<Operation> MarkReadAsync(Seat seat, string model)
    {
        long[]? ids = seat.Chance.OneIn(3) ? null : [seat.Chance.Between(1, 6), seat.Chance.Between(1, 12)];
        return seat.AskAsync(
            $"inbox/{model}",
            _ => new MarkNotificationsRead(ids),
            (grains, command) => InboxOf(grains, model).MarkRead(command)
        );
    }

    private static INotificationInboxGrain InboxOf(IGrainFactory grains, string model) =>
        grains.GetGrain<INotificationInboxGrain>(model);
}
