using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>People who come, and what they and their apps say that they did.</summary>
internal sealed class ActivityWorkload : IWorkload
{
    public int Weight => 2;

    public Task ActAsync(Seat seat)
    {
        var user = seat.AnyUser();
        return seat.Chance.Below(4) switch
        {
            0 => LogAsync(seat, user),
            1 => ReadAsync(seat, user),
            // By two hosts at once.
            _ => Task.WhenAll(SignInAsync(seat, user), SignInAsync(seat, user)),
        };
    }

    /// <summary>Whoever looks has movements counted, and by then nothing may be written any more.</summary>
    public Task ReadAllAsync(Seat seat) => Task.CompletedTask;

    private static Task<Operation> LogAsync(Seat seat, string user)
    {
        var actor = new Actor(ActorRole.User, user);
        var action = seat.Chance.OneIn(10) ? "" : "wave";
        return seat.AskAsync(
            $"activity/{user}",
            number => new LogActivity(
                Authorship.Stamp(actor, number),
                new ActivityEntry(ActivityCategory.Social, action)
            ),
            (grains, command) => Of(grains, user).Log(command)
        );
    }

    private static Task<Operation> SignInAsync(Seat seat, string user) =>
        seat.AskAsync(
            $"activity/{user}",
            _ => new SignIn(),
            async (grains, _) =>
            {
                await Of(grains, user).SignIn(new Actor(ActorRole.User, user));
                return (Outcome<Done>)Done.It;
            }
        );

    private static Task<Operation> ReadAsync(Seat seat, string user) =>
        seat.AskAsync(
            $"activity/{user}",
            _ => new ReadActivity(),
            async (grains, _) => (Outcome<ActivityStatistics>)await Of(grains, user).Summarize(1)
        );

    private static IActivityGrain Of(IGrainFactory grains, string user) => grains.GetGrain<IActivityGrain>(user);
}

internal sealed record SignIn;

internal sealed record ReadActivity;
