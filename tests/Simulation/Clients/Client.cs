using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Simulation.Tests.Clients.Money;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Somebody who uses the product: does one thing after another, with pauses, whatever becomes of each.</summary>
internal sealed class Client(Seat seat, IReadOnlyList<IWorkload> workloads)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly IWorkload[] _byWeight =
    [
        .. workloads.SelectMany(static workload => Enumerable.Repeat(workload, workload.Weight)),
    ];

    public async Task RunAsync()
    {
        for (var left = seat.Scenario.OperationsPerClient; left > 0; left--)
        {
            await seat.Service.WhenUpAsync();
            // Now and then two things at once.
            await Task.WhenAll([ActAsync(), .. seat.Chance.OneIn(4) ? (Task[])[ActAsync()] : []]);
            await seat.PauseAsync();
        }
    }

    private Task ActAsync() => seat.Chance.Pick(_byWeight).ActAsync(seat);

    /// <summary>Registers a model, accepts its terms and opens its menus, however often that has to be tried.</summary>
    public static async Task SetUpAsync(Seat seat, string model)
    {
        await UntilToldAsync(seat, () => IdentityWorkload.RegisterAsync(seat, model));
        await UntilToldAsync(seat, () => IdentityWorkload.AcceptTermsAsync(seat, model));
        if (seat.Scenario.HasMoney)
        {
            await OpenMenusAsync(seat, model);
        }
    }

    /// <summary>Has an app told of all there is, however often that has to be tried.</summary>
    public static Task SubscribeAsync(Seat seat)
    {
        var command = new ConfigureWebhook(
            Counter.Admin,
            "https://hooks.example/",
            WebhookEventTypes.All,
            Secret: null,
            SecretIfNew: WebhookSecret.Of(new byte[WebhookSecret.LeastBytes])
        );
        return UntilToldAsync(
            seat,
            () =>
                seat.AskAsync(
                    "webhook/app",
                    _ => command,
                    static (grains, asked) => grains.GetGrain<IWebhookGrain>("app").Configure(asked)
                )
        );
    }

    private static async Task OpenMenusAsync(Seat seat, string model)
    {
        foreach (var queued in (bool[])[false, true])
        {
            await UntilToldAsync(seat, () => MenuWorkload.CreateAsync(seat, model, queued));
            for (var item = 1; item <= Market.Items; item++)
            {
                await UntilToldAsync(seat, () => MenuWorkload.AddItemAsync(seat, Market.Menu(model, queued), item));
            }
        }
    }

    private static async Task UntilToldAsync(Seat seat, Func<Task<Operation>> tryOnce)
    {
        await seat.Service.WhenUpAsync();
        var pause = TimeSpan.FromMilliseconds(10);
        while ((await tryOnce()).Answer == Answer.Unknown)
        {
            // Ever longer: a disk may be full for an hour.
            await Task.Delay(pause, seat.Time);
            pause = pause < LongestPause ? pause * 2 : LongestPause;
            await seat.Service.WhenUpAsync();
        }
    }
}
