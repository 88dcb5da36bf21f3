namespace Actors.Simulation.Tests.Clients;

/// <summary>Somebody who uses the product: does one thing after another, with pauses, whatever becomes of each.</summary>
internal sealed class Client(Seat seat, IReadOnlyList<IWorkload> workloads)
{
    private readonly IWorkload[] _byWeight =
    [
        .. workloads.SelectMany(static workload => Enumerable.Repeat(workload, workload.Weight)),
    ];

    public async Task RunAsync()
    {
        for (var left = seat.Scenario.OperationsPerClient; left > 0; left--)
        {
            await seat.Service.WhenUpAsync();
            await seat.Chance.Pick(_byWeight).ActAsync(seat);
            await seat.PauseAsync();
        }
    }

    /// <summary>Registers a model and accepts its terms, however often that has to be tried.</summary>
    public static async Task SetUpAsync(Seat seat, string model)
    {
        await UntilDoneAsync(seat, () => IdentityWorkload.RegisterAsync(seat, model));
        await UntilDoneAsync(seat, () => IdentityWorkload.AcceptTermsAsync(seat, model));
    }

    private static async Task UntilDoneAsync(Seat seat, Func<Task<Operation>> tryOnce)
    {
        await seat.Service.WhenUpAsync();
        while ((await tryOnce()).Answer != Answer.Done)
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
        }
    }
}
