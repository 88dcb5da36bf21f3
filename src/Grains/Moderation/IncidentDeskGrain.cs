using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Moderation;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Moderation;

[GrainType("incident-desk")]
public sealed class IncidentDeskGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<IncidentDesk, IncidentEvent>(context, services, Definition),
        IIncidentDeskGrain
{
    private static readonly Aggregate<IncidentDesk, IncidentEvent> Definition = new()
    {
        Initial = IncidentDesk.Empty,
        Evolve = IncidentRules.Evolve,
        EventJson = IncidentJson.Default.IncidentEvent,
        StateJson = IncidentJson.Default.IncidentDesk,
    };

    public Task Receive(Delivery delivery, IncidentNotice notice) =>
        CommitOnce(delivery, () => IncidentRules.Report(Current, notice, Now));

    public ValueTask<IncidentPage> List(IncidentFilter filter, int limit, int offset) =>
        new(IncidentRules.Page(Durable, filter, limit, offset));

    public Task<Outcome<IncidentView>> Close(CloseIncident command) =>
        Apply<IncidentSettled, IncidentView>(
            IncidentRules.Close(Current, command, Now),
            (settled, _) => Durable.Incidents[settled.Number]
        );
}
