using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Users without money who are erased sooner or later. They come as over HTTP: whoever is erased is not let in.</summary>
internal static class Leavers
{
    public static readonly IReadOnlyList<string> All = ["leaver1", "leaver2", "leaver3"];

    public static bool Are(string person) => All.Contains(person);

    public static string StreamOf(string user) => $"erasure/{user}";

    /// <summary>What a leaver asks for; of anybody else it is asked at once.</summary>
    public static async Task<Outcome<TAnswer>> AdmitAsync<TAnswer>(
        IGrainFactory grains,
        string person,
        Func<Task<Outcome<TAnswer>>> call
    )
    {
        if (!Are(person))
        {
            return await call();
        }
        var admitted = await grains.GetGrain<IPersonGrain>(person).Introduce(PersonKind.User);
        return admitted.Refusal is { } refusal ? refusal : await call();
    }

    /// <summary>Asks again while nothing is known.</summary>
    public static async Task<Operation> UntilToldAsync(Seat seat, Func<Task<Operation>> ask)
    {
        var operation = await ask();
        while (operation.Answer == Answer.Unknown && !seat.Chance.OneIn(20))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            operation = await ask();
        }
        return operation;
    }
}
