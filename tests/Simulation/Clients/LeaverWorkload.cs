using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Users who give themselves a name, write to models who answer, make a pet, and are erased.</summary>
internal sealed class LeaverWorkload : IWorkload
{
    private static readonly Actor Admin = new(ActorRole.Admin, "admin1");

    public int Weight => 5;

    public Task ActAsync(Seat seat)
    {
        var user = seat.Chance.Pick(Leavers.All);
        return seat.Chance.Below(12) switch
        {
            < 5 => SendAsync(seat, user, MessageSender.User),
            5 => SendAsync(seat, user, MessageSender.Model),
            6 => NameAsync(seat, user),
            7 => MakePetAsync(seat, user),
            < 10 => LookAsync(seat, user),
            _ => EraseAsync(seat, user),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        foreach (var user in Leavers.All)
        {
            await LookAsync(seat, user);
        }
    }

    private static Task<Operation> SendAsync(Seat seat, string user, MessageSender sender)
    {
        var id = ConversationWorkload.Id(seat.AnyModel(), user);
        var number = seat.Observations.Operations.Count + 1;
        var command = new SendMessage(sender, $"text {number}", Key: $"message {number}");
        return Leavers.UntilToldAsync(
            seat,
            () =>
                seat.AskAsync(
                    ConversationWorkload.StreamOf(id),
                    _ => command,
                    (grains, asked) =>
                        Leavers.AdmitAsync(
                            grains,
                            sender == MessageSender.User ? user : id.PeerId,
                            () => grains.GetGrain<IConversationGrain>(id.ToString()).Send(asked)
                        )
                )
        );
    }

    private static Task<Operation> MakePetAsync(Seat seat, string user)
    {
        var number = seat.Observations.Operations.Count + 1;
        var command = new CreatePet($"Pet {number}", PetMood.Happy, $"pet {number}");
        return Leavers.UntilToldAsync(
            seat,
            () =>
                seat.AskAsync(
                    PetWorkload.StreamOf(user),
                    _ => command,
                    (grains, asked) =>
                        Leavers.AdmitAsync(grains, user, () => grains.GetGrain<IPetsGrain>(user).Create(asked))
                )
        );
    }

    private static Task<Operation> NameAsync(Seat seat, string user) =>
        seat.AskAsync(
            Leavers.StreamOf(user),
            number => new SetUserProfile(Admin, $"Name {number}", null, null, null, null, null, null, null, null),
            (grains, asked) =>
                Leavers.AdmitAsync(grains, user, () => grains.GetGrain<IUserProfileGrain>(user).Set(asked))
        );

    private static Task<Operation> EraseAsync(Seat seat, string user) =>
        Leavers.UntilToldAsync(
            seat,
            () =>
                seat.AskAsync(
                    Leavers.StreamOf(user),
                    static _ => new BeginErasure(),
                    (grains, _) => grains.GetGrain<IErasureGrain>(user).Begin(Admin, PersonKind.User)
                )
        );

    private static Task<Operation> LookAsync(Seat seat, string user) =>
        seat.AskAsync(
            Leavers.StreamOf(user),
            static _ => new LookAtLeaver(),
            async (grains, _) => (Outcome<LeaverSeen>)await SeeAsync(grains, user, seat.Scenario.Models)
        );

    private static async Task<LeaverSeen> SeeAsync(IGrainFactory grains, string user, int models)
    {
        var person = await grains.GetGrain<IPersonGrain>(user).Introduce(PersonKind.User);
        var profile = await grains.GetGrain<IUserProfileGrain>(user).Get();
        var pets = await grains.GetGrain<IPetsGrain>(user).List();
        var open = new List<string>();
        for (var model = 1; model <= models; model++)
        {
            var id = ConversationWorkload.Id($"model{model}", user).ToString();
            // One that never began opens too, and has nothing in it.
            var page = await grains.GetGrain<IConversationGrain>(id).List(new ListMessages(Side.Peer, 1));
            if (page.Value is { Total: > 0 })
            {
                open.Add(id);
            }
        }
        return new LeaverSeen(person.Refusal?.Code, profile.DisplayName, pets.Count, string.Join(' ', open));
    }
}

internal sealed record BeginErasure;

internal sealed record LookAtLeaver;

/// <param name="Refused">Why the person is not let in.</param>
/// <param name="Open">Conversations whose other side can read them.</param>
internal sealed record LeaverSeen(string? Refused, string Name, int Pets, string Open);
