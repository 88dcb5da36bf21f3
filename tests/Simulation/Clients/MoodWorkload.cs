using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Simulation.Tests.Oracles;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Clients;

internal sealed class MoodWorkload : IWorkload
{
    // Texts that are stored as they are; one is too long.
    private static readonly string?[] Messages =
    [
        null,
        "On air",
        "Back at five, I promise",
        new('x', 200),
        new('y', 201),
    ];

    public int Weight => 12;

    public Task ActAsync(Seat seat)
    {
        var model = seat.AnyModel();
        return seat.Chance.Below(20) switch
        {
            < 8 => UpdateAsync(seat, model),
            < 10 => OverrideAsync(seat, model),
            < 17 => ReadAsync(seat, model),
            < 19 => ReadHistoryAsync(seat, model, seat.Chance.Between(1, 20), seat.Chance.Below(10)),
            _ => seat.Scenario.HasRush ? RushAsync(seat, model) : TwiceAsync(seat, model),
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= seat.Scenario.Models; number++)
        {
            var model = $"model{number}";
            await ReadAsync(seat, model);
            await ReadHistoryAsync(seat, model, 10_000, 0);
        }
    }

    private static Task<Operation> ReadAsync(Seat seat, string model) =>
        seat.AskAsync($"mood/{model}", _ => new ReadMood(), (grains, _) => MoodOf(grains, model).Get().AsTask());

    private static Task<Operation> ReadHistoryAsync(Seat seat, string model, int limit, int offset) =>
        seat.AskAsync(
            $"mood/{model}",
            _ => new ReadHistory(limit, offset),
            (grains, read) => MoodOf(grains, model).History(read.Limit, read.Offset)
        );

    private static Task<Operation> UpdateAsync(Seat seat, string model)
    {
        var actor = new Actor(ActorRole.Model, model, "192.0.2.1");
        var update = new UpdateMood(
            actor,
            AnyState(seat.Chance),
            seat.Chance.Pick(Messages),
            seat.Chance.OneIn(2),
            seat.Chance.OneIn(20) ? 301 : seat.Chance.Between(0, 300),
            AnyExpiry(seat)
        );
        return seat.AskAsync(
            $"mood/{model}",
            number => update with { Actor = Authorship.Stamp(actor, number) },
            (grains, command) => MoodOf(grains, model).Update(command)
        );
    }

    private static Task<Operation> OverrideAsync(Seat seat, string model)
    {
        var actor = new Actor(ActorRole.Admin, "admin1");
        var overriding = new OverrideMood(
            actor,
            AnyState(seat.Chance),
            "",
            seat.Chance.Pick(Messages),
            seat.Chance.OneIn(2),
            AnyExpiry(seat)
        );
        return seat.AskAsync(
            $"mood/{model}",
            number =>
                overriding with
                {
                    Actor = Authorship.Stamp(actor, number),
                    Reason = $"Case {number} of the desk",
                },
            (grains, command) => MoodOf(grains, model).Override(command)
        );
    }

    private static Task<Operation[]> TwiceAsync(Seat seat, string model) =>
        Task.WhenAll(
            UpdateAsync(seat, model),
            ReadAsync(seat, model),
            UpdateAsync(seat, model),
            ReadAsync(seat, model)
        );

    private static Task<Operation[]> RushAsync(Seat seat, string model) =>
        Task.WhenAll(Enumerable.Range(0, seat.Chance.Between(10, 60)).Select(_ => UpdateAsync(seat, model)));

    private static MoodState AnyState(Chance chance) => (MoodState)chance.Below(3);

    /// <summary>Usually none or some time ahead; now and then one that is over before it can be stored.</summary>
    private static DateTimeOffset? AnyExpiry(Seat seat) =>
        seat.Chance.Below(12) switch
        {
            < 5 => null,
            5 => seat.Time.GetUtcNow() - TimeSpan.FromSeconds(1),
            6 => seat.Time.GetUtcNow() + seat.Chance.Between(TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(20)),
            _ => seat.Time.GetUtcNow() + seat.Chance.Between(TimeSpan.FromTicks(10), seat.Scenario.LongestExpiry),
        };

    private static IMoodGrain MoodOf(IGrainFactory grains, string model) => grains.GetGrain<IMoodGrain>(model);
}
