using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients;

internal sealed class IdentityWorkload : IWorkload
{
    private static readonly Actor Admin = new(ActorRole.Admin, "admin1");

    public int Weight => 5;

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(10) switch
        {
            0 when seat.Chance.OneIn(4) => IntroduceAsync(
                seat,
                $"someone{seat.Chance.Below(3)}",
                (PersonKind)seat.Chance.Below(2)
            ),
            0 => RegisterAsync(seat, seat.AnyModel()),
            1 => AcceptTermsAsync(seat, seat.AnyModel()),
            < 4 => ReadModelAsync(seat, seat.AnyModel()),
            < 7 => SetUserAsync(seat, seat.AnyUser()),
            _ => ReadUserAsync(seat, seat.AnyUser()),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            await ReadModelAsync(seat, $"model{number}");
        }
        for (var number = 1; number <= seat.Scenario.Users; number++)
        {
            await ReadUserAsync(seat, $"user{number}");
        }
    }

    public static Task<Operation> RegisterAsync(Seat seat, string model) =>
        seat.AskAsync(
            $"model/{model}",
            number => new RegisterModel(Authorship.Stamp(Admin, number), $"Name {number}"),
            (grains, command) => grains.GetGrain<IModelProfileGrain>(model).Register(command)
        );

    /// <summary>Comes as what the person is; now and then somebody tries the id as the other.</summary>
    public static Task<Operation> IntroduceAsync(Seat seat, string person, PersonKind kind) =>
        seat.AskAsync(
            $"person/{person}",
            _ => new Introduce(kind),
            (grains, asked) => grains.GetGrain<IPersonGrain>(person).Introduce(asked.Kind).AsTask()
        );

    public static Task<Operation> AcceptTermsAsync(Seat seat, string model) =>
        seat.AskAsync(
            $"model/{model}",
            number => new AcceptTerms(Authorship.Stamp(new Actor(ActorRole.Model, model), number)),
            (grains, command) => grains.GetGrain<IModelProfileGrain>(model).AcceptMoodTerms(command.Actor)
        );

    private static Task<Operation> ReadModelAsync(Seat seat, string model) =>
        seat.AskAsync(
            $"model/{model}",
            _ => new ReadModel(),
            (grains, _) => grains.GetGrain<IModelProfileGrain>(model).Get().AsTask()
        );

    private static Task<Operation> SetUserAsync(Seat seat, string user)
    {
        var set = new SetUserProfile(
            Admin,
            null,
            seat.Chance.OneIn(2) ? seat.Chance.Pick(["en", "es"]) : null,
            null,
            seat.Chance.OneIn(2) ? (LoyaltyTier)seat.Chance.Below(5) : null,
            seat.Chance.OneIn(2) ? (Membership)seat.Chance.Below(4) : null,
            seat.Chance.OneIn(2) ? seat.Chance.OneIn(2) : null,
            null,
            null,
            seat.Chance.OneIn(2) ? seat.Chance.OneIn(10) : null
        );
        return seat.AskAsync(
            $"user/{user}",
            number => set with { Actor = Authorship.Stamp(Admin, number), DisplayName = $"Name {number}" },
            (grains, command) => grains.GetGrain<IUserProfileGrain>(user).Set(command)
        );
    }

    private static Task<Operation> ReadUserAsync(Seat seat, string user) =>
        seat.AskAsync(
            $"user/{user}",
            _ => new ReadUser(),
            async (grains, _) => (Outcome<UserProfile>)await grains.GetGrain<IUserProfileGrain>(user).Get()
        );
}
