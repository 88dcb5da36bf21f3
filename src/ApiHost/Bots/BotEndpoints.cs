using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Bots;

/// <summary>Private calls as screens for chat bots: what to show, and what to do when a button is pressed.</summary>
internal sealed class BotEndpoints(IGrainFactory grains, BotDialog dialog) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var bot = routes.MapGroup("/api/v1/bot").WithTags("Bots").For(Roles.User).Switchable(Features.Bookings);
        bot.Get("/screen", Screen, BotJson.Default.BotScreen)
            .WithSummary("Where a bot begins: the menu, with the entry for private calls shown, gated or hidden");
        bot.Post("/press", Press, BotJson.Default.PressRequest, BotJson.Default.BotScreen)
            .WithSummary("Does what a button is for, and answers the next screen; errors are screens too")
            .WithExample("""{ "button": "menu" }""");
    }

    private async ValueTask<Outcome<BotScreen>> Screen(Call call) => BotDialog.Menu(await ReaderAsync(call));

    private async ValueTask<Outcome<BotScreen>> Press(Call call, PressRequest body) =>
        await dialog.PressAsync(await ReaderAsync(call), body.Button);

    private async Task<BotReader> ReaderAsync(Call call) =>
        new(await grains.GetGrain<IUserProfileGrain>(call.Caller.Id).Get());
}
