using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Users who make pets, write to them in bursts, change them and let them go.</summary>
internal sealed class PetWorkload : IWorkload
{
    public int Weight => 6;

    public Task ActAsync(Seat seat)
    {
        var user = seat.AnyUser();
        var known = KnownTo(seat, user);
        if (known.Length == 0 || seat.Chance.OneIn(12))
        {
            return CreateAsync(seat, user);
        }
        var pet = seat.Chance.Pick(known);
        return seat.Chance.Below(16) switch
        {
            < 10 => SayAsync(seat, user, pet),
            < 12 => ReadAsync(seat, user),
            < 14 => AskAsync(
                seat,
                user,
                new ChangePet(pet, Mood: (PetMood)seat.Chance.Below(6)),
                static (pets, asked) => pets.Change(asked)
            ),
            _ => AskAsync(seat, user, new DeletePet(pet), static (pets, asked) => pets.Delete(asked.PetId)),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Users; number++)
        {
            await ReadAsync(seat, $"user{number}");
        }
    }

    public static string StreamOf(string user) => $"pets/{user}";

    public static ConversationId ConversationWith(string pet, string user) =>
        ConversationId.WithPet(pet, UserId.Parse(user));

    /// <summary>Pets of whom anybody was told, gone ones included.</summary>
    public static IEnumerable<PetView> Known(IEnumerable<Operation> operations) =>
        operations
            .SelectMany(static operation =>
                operation.Value switch
                {
                    PetView pet => [pet],
                    PetsSeen seen => seen.Pets,
                    _ => (IEnumerable<PetView>)[],
                }
            )
            .DistinctBy(static pet => pet.Id);

    private static string[] KnownTo(Seat seat, string user) =>
        [
            .. Known(seat.Observations.Operations.Where(operation => operation.Stream == StreamOf(user)))
                .Select(static pet => pet.Id),
        ];

    private static Task CreateAsync(Seat seat, string user)
    {
        var number = seat.Observations.Operations.Count + 1;
        var command = new CreatePet($"Pet {number}", (PetMood)seat.Chance.Below(6), $"pet {number}");
        return UntilToldAsync(seat, () => AskAsync(seat, user, command, static (pets, asked) => pets.Create(asked)));
    }

    /// <summary>A burst, now and then with what an app says in the pet's name.</summary>
    private static async Task SayAsync(Seat seat, string user, string pet)
    {
        for (var left = seat.Chance.Between(1, 4); left > 0; left--)
        {
            var sender = seat.Chance.OneIn(8)
                ? seat.Chance.Pick([MessageSender.Pet, MessageSender.System])
                : MessageSender.User;
            var number = seat.Observations.Operations.Count + 1;
            var metadata = seat.Chance.OneIn(2) ? new MessageMetadata(null, seat.Chance.Between(0, 9)) : null;
            var command = new SendMessage(sender, $"text {number}", null, metadata, $"message {number}");
            var conversation = ConversationWith(pet, user);
            await UntilToldAsync(
                seat,
                () =>
                    seat.AskAsync(
                        ConversationWorkload.StreamOf(conversation),
                        _ => command,
                        (grains, asked) => grains.GetGrain<IConversationGrain>(conversation.ToString()).Send(asked)
                    )
            );
            if (seat.Chance.OneIn(2))
            {
                await seat.PauseAsync();
                await seat.Service.WhenUpAsync();
            }
        }
    }

    private static Task<Operation> ReadAsync(Seat seat, string user) =>
        AskAsync(
            seat,
            user,
            new ReadPets(),
            static async (pets, _) => (Outcome<PetsSeen>)new PetsSeen(await pets.List())
        );

    /// <summary>Asks again while nothing is known, and once more now and then, as an app that does not know of its success.</summary>
    private static async Task UntilToldAsync(Seat seat, Func<Task<Operation>> ask)
    {
        var operation = await ask();
        while (operation.Answer == Answer.Unknown ? !seat.Chance.OneIn(20) : seat.Chance.OneIn(5))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            operation = await ask();
        }
    }

    private static Task<Operation> AskAsync<TCommand, TAnswer>(
        Seat seat,
        string user,
        TCommand command,
        Func<IPetsGrain, TCommand, Task<Outcome<TAnswer>>> call
    )
        where TCommand : class =>
        seat.AskAsync(StreamOf(user), _ => command, (grains, asked) => call(grains.GetGrain<IPetsGrain>(user), asked));
}

internal sealed record ReadPets;

internal sealed record DeletePet(string PetId);

internal sealed record PetsSeen(IReadOnlyList<PetView> Pets);
