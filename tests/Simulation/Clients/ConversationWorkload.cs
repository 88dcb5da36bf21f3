using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Users and models who write to each other, each message under a key that is used again until an answer comes.</summary>
internal sealed class ConversationWorkload : IWorkload
{
    public int Weight => 8;

    public Task ActAsync(Seat seat)
    {
        var id = AnyConversation(seat);
        var side = seat.Chance.OneIn(3) ? Side.Peer : Side.User;
        return seat.Chance.Below(20) switch
        {
            < 11 => SendAsync(seat, id, side),
            < 14 => ReadAsync(seat, id, side),
            < 16 => AskAsync(seat, id, new MarkMessagesRead(side, null), static (one, asked) => one.MarkRead(asked)),
            < 18 => AskAsync(
                seat,
                id,
                new EditMessage(side, seat.Chance.Between(1, 6), "another text"),
                static (one, asked) => one.Edit(asked)
            ),
            18 => AskAsync(
                seat,
                id,
                new DeleteMessages(side, seat.Chance.Between(1, 6)),
                static (one, asked) => one.Delete(asked)
            ),
            _ => BlockAsync(seat, id, side),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var model = 1; model <= seat.Scenario.Models; model++)
        {
            for (var user = 1; user <= seat.Scenario.Users; user++)
            {
                await ReadAsync(seat, Id($"model{model}", $"user{user}"), Side.User);
            }
        }
    }

    public static ConversationId Id(string model, string user) =>
        ConversationId.WithModel(ModelId.Parse(model), UserId.Parse(user));

    public static string StreamOf(ConversationId id) => $"conversation/{id}";

    private static async Task SendAsync(Seat seat, ConversationId id, Side side)
    {
        var number = seat.Observations.Operations.Count + 1;
        var command = new SendMessage(
            side == Side.User ? MessageSender.User : MessageSender.Model,
            $"text {number}",
            Key: $"message {number}"
        );
        var operation = await AskAsync(seat, id, command, static (one, asked) => one.Send(asked));
        while (operation.Answer == Answer.Unknown && !seat.Chance.OneIn(20))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            operation = await AskAsync(seat, id, command, static (one, asked) => one.Send(asked));
        }
        if (seat.Chance.OneIn(4))
        {
            // An app that does not know of its own success.
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            await AskAsync(seat, id, command, static (one, asked) => one.Send(asked));
        }
    }

    private static Task<Operation> ReadAsync(Seat seat, ConversationId id, Side side) =>
        AskAsync(seat, id, new ListMessages(side, 1_000), static (one, asked) => one.List(asked));

    /// <summary>Seldom for long: what is blocked is not talked in.</summary>
    private static async Task BlockAsync(Seat seat, ConversationId id, Side side)
    {
        await AskAsync(seat, id, new SetBlocked(side, true), static (one, asked) => one.SetBlocked(asked));
        await seat.PauseAsync();
        await seat.Service.WhenUpAsync();
        await AskAsync(seat, id, new SetBlocked(side, false), static (one, asked) => one.SetBlocked(asked));
    }

    private static Task<Operation> AskAsync<TCommand, TAnswer>(
        Seat seat,
        ConversationId id,
        TCommand command,
        Func<IConversationGrain, TCommand, Task<GrainInterfaces.Outcomes.Outcome<TAnswer>>> call
    )
        where TCommand : class =>
        seat.AskAsync(
            StreamOf(id),
            _ => command,
            (grains, asked) => call(grains.GetGrain<IConversationGrain>(id.ToString()), asked)
        );

    private static ConversationId AnyConversation(Seat seat) => Id(seat.AnyModel(), seat.AnyUser());
}
