using Actors.ApiHost.Auth;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;

namespace Actors.ApiHost.Activity;

/// <summary>
/// Writes down that a person has come, at the first request of a token on each UTC day; the person's activity itself keeps one a
/// day. Other requests pay a comparison, and nobody waits.
/// </summary>
internal sealed partial class SignIns(
    IGrainFactory grains,
    FeatureStates features,
    TimeProvider time,
    ILogger<SignIns> logger
)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    private readonly FeatureState _feature = features[Features.Activity];

    public void Note(HttpContext http, Caller caller)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (now >= caller.SignInDue && caller.IsPerson && _feature.IsOn)
        {
            caller.SignInDue = now - (now % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay;
            _ = NoteAsync(caller, new Http.Call(http).ActorWithOrigin());
        }
    }

    private async Task NoteAsync(Caller caller, Actor actor)
    {
        try
        {
            await grains.GetGrain<IActivityGrain>(caller.Id).SignIn(actor);
        }
        catch (Exception fault)
        {
            // Not with every request: what fails now is likely to fail for a while.
            caller.SignInDue = (time.GetUtcNow() + TryAgainAfter).UtcTicks;
            LogFailed(logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in could not be written down")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
