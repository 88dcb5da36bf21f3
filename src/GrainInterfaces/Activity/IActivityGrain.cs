using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Activity;

/// <summary>
/// What one person did, for 90 days; the key is the person's id. What is older is gone from the disk as well. Knows nothing of
/// money in its messages, so that every feature may tell it something.
/// </summary>
[Alias("IActivityGrain")]
public interface IActivityGrain : IGrainWithStringKey
{
    const int KeptDays = 90;

    Task<Outcome<ActivityView>> Log(LogActivity command);

    /// <summary>From the outbox of what happened.</summary>
    Task Receive(Delivery delivery, ActivityEntry entry);

    /// <summary>The person has come; written down once in a UTC day.</summary>
    Task SignIn(Actor actor);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    Task<Outcome<ActivityPage>> List(ListActivity query);

    /// <param name="days">UTC days, today included.</param>
    [ReadOnly]
    Task<ActivityStatistics> Summarize(int days);

    /// <summary>From here on nothing that was there is shown or counted any more; it is gone from the disk when its 90 days are over.</summary>
    Task Erase(Actor actor);
}
