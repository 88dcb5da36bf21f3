using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Users who may be erased ask for their data, and look how far it is.</summary>
internal sealed class ExportWorkload : IWorkload
{
    public int Weight => 2;

    public static string StreamOf(string user) => $"export/{user}";

    public Task ActAsync(Seat seat)
    {
        var user = seat.Chance.Pick(Leavers.All);
        return seat.Chance.OneIn(3) ? RequestAsync(seat, user) : LookAsync(seat, user);
    }

    public async Task ReadAllAsync(Seat seat)
    {
        foreach (var user in Leavers.All)
        {
            await LookAsync(seat, user);
        }
    }

    private static Task<Operation> RequestAsync(Seat seat, string user) =>
        seat.AskAsync(
            StreamOf(user),
            static _ => new RequestExport(),
            (grains, _) =>
                Leavers.AdmitAsync(grains, user, () => grains.GetGrain<IExportGrain>(user).Request(PersonKind.User))
        );

    private static Task<Operation> LookAsync(Seat seat, string user) =>
        seat.AskAsync(
            StreamOf(user),
            static _ => new LookAtExport(),
            (grains, _) => grains.GetGrain<IExportGrain>(user).Get()
        );
}

internal sealed record RequestExport;

internal sealed record LookAtExport;
