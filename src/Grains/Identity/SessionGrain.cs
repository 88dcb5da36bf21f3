using Actors.GrainInterfaces.Identity;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("session")]
public sealed class SessionGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<SessionState, SessionEvent>(context, services, Definition),
        ISessionGrain
{
    private static readonly Aggregate<SessionState, SessionEvent> Definition = new()
    {
        Initial = SessionState.None,
        Evolve = SessionRules.Evolve,
        EventJson = IdentityJson.Default.SessionEvent,
        StateJson = IdentityJson.Default.SessionState,
    };

    public async Task<Session> Open(OpenSession command)
    {
        await Commit(SessionRules.Decide(command, Now));
        return Durable.Open!;
    }

    public ValueTask<Session?> Find() => new(SessionRules.At(Durable, Now));

    public async Task End() =>
        await (SessionRules.DecideEnd(Current, Now) is { } ended ? Commit(ended) : WhenDurable());
}
