using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Moderation;

/// <summary>
/// What people have reported of calls, for admins. Who, whom, when and under which heading: never what was said or shown.
/// There is one such desk.
/// </summary>
[Alias("IIncidentDeskGrain")]
public interface IIncidentDeskGrain : IFollowedGrain
{
    const string OnlyKey = "all";

    /// <summary>Closed ones of long ago are no longer listed; open ones always are.</summary>
    const int KeptClosed = 5_000;

    /// <summary>An incident; from a booking's outbox.</summary>
    Task Receive(Delivery delivery, IncidentNotice notice);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    ValueTask<IncidentPage> List(IncidentFilter filter, int limit, int offset);

    /// <summary>An admin has dealt with it; closing again is refused.</summary>
    Task<Outcome<IncidentView>> Close(CloseIncident command);
}

/// <param name="ReportedId">The other one of the two.</param>
/// <param name="Category">A heading of the platform's own, never a text of somebody's.</param>
[GenerateSerializer, Immutable, Alias("IncidentNotice")]
public sealed record IncidentNotice(
    [property: Id(0)] string BookingId,
    [property: Id(1)] string ReporterId,
    [property: Id(2)] string ReportedId,
    [property: Id(3)] string Category,
    [property: Id(4)] DateTimeOffset At
);

/// <param name="Open">Null excludes nothing.</param>
[GenerateSerializer, Immutable, Alias("IncidentFilter")]
public sealed record IncidentFilter([property: Id(0)] bool? Open = null, [property: Id(1)] string? PersonId = null);

[GenerateSerializer, Immutable, Alias("CloseIncident")]
public sealed record CloseIncident(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] long IncidentId,
    [property: Id(2)] string Note
);

/// <param name="ClosedAt">Null while it is open.</param>
[GenerateSerializer, Immutable, Alias("IncidentView")]
public sealed record IncidentView(
    [property: Id(0)] long IncidentId,
    [property: Id(1)] IncidentNotice Notice,
    [property: Id(2)] DateTimeOffset? ClosedAt,
    [property: Id(3)] string? ClosedBy,
    [property: Id(4)] string? Note
);

[GenerateSerializer, Immutable, Alias("IncidentPage")]
public sealed record IncidentPage(
    [property: Id(0)] IReadOnlyList<IncidentView> Incidents,
    [property: Id(1)] long Total,
    [property: Id(2)] long Open
);
